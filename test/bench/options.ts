import { parseArgs } from 'node:util'

const parts = ['intake', 'patch', 'import'] as const
type Part = (typeof parts)[number]

export interface Options {
  only: Part | undefined
  seconds: number
  /** Where the server leaves a CPU profile. */
  profile: string | undefined
}

/** Throws an error that says what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '30' },
      profile: { type: 'string' },
    },
  })
  const { profile } = values
  const only = parts.find((part) => part === values.only)
  if (only !== values.only) throw new Error(`--only is one of ${parts.join(', ')}.`)
  const seconds = Number(values.seconds)
  if (!(seconds >= 1)) throw new Error('--seconds is a number from 1 on.')
  return { only, seconds, profile }
}
