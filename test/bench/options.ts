import { parseArgs } from 'node:util'

export interface Options {
  /** Benches to run; none are all. */
  names: string[]
  seconds: number
  tickets: number
  sockets: { patch: number; many: number }
  /** Where the server leaves a CPU profile. */
  profile: string | undefined
}

/** What the figures are about. */
const whole = { seconds: 60, tickets: 800_000, sockets: { patch: 2000, many: 5000 } }
/** A quick look, whose figures say little. */
const short = { seconds: 10, tickets: 100_000, sockets: { patch: 200, many: 500 } }

/** `NAME… [--short] [--seconds N] [--profile FOLDER]`. Throws an error that says what is wrong. */
export function readOptions(args: readonly string[], known: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      short: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const unknown = positionals.find((name) => !known.includes(name))
  if (unknown)
    throw new Error(`There is no bench called ${unknown}. There are: ${known.join(', ')}.`)
  const size = values.short ? short : whole
  const seconds = Number(values.seconds ?? size.seconds)
  if (!(seconds >= 1)) throw new Error('--seconds is a number from 1 on.')
  return { ...size, names: positionals, seconds, profile: values.profile }
}
