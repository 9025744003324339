import { parseArgs } from 'node:util'
import { InputError } from '../import/input-error.ts'
import type { ServerAddress } from './tell-server.ts'

export interface ReplayArguments {
  files: string[]
  mapping: string
  /** Seconds of the history a second; Infinity as fast as it goes. */
  speed: number
  /** The history is moved to end in the present. */
  shift: boolean
  from: string | undefined
  until: string | undefined
  /** Undefined: straight into the database. */
  server: ServerAddress | undefined
}

const USAGE = `npm run replay -- FILE... --as MAPPING [--speed 600 | max] [--from TIME] [--until TIME]
                  [--shift now] [--to URL --key KEY]

  FILE     CSV, plain or gzip
  --as     the name of a mapping that ships in mappings/, or the path of a .json file
  --speed  seconds of the history a second (1); other than at 1 the server needs CLOCK=events
  --from   an ISO time, local to the mapping: what came before is told at once
  --until  an ISO time, local to the mapping: what came after is left out (the last receipt)
  --shift  now: at speed 1, moves the history so that it ends in the present
  --to     a running server, e.g. http://localhost:3000; without it, straight into the database
           (other than at speed 1, PORT says here too where its server listens)
  --key    the key of a source of that server; or set SOURCE_KEY`

const string = { type: 'string' } as const
const options = {
  as: string,
  speed: { ...string, default: '1' },
  shift: string,
  from: string,
  until: string,
  to: string,
  key: string,
}

export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): ReplayArguments {
  const { values, positionals: files } = parse(args)
  const { as: mapping, from, until } = values
  if (files.length === 0 || mapping === undefined) throw new InputError(USAGE)
  const speed = readSpeed(values.speed)
  const shift = readShift(values.shift, speed)
  const server = readServer(values.to, values.key ?? env.SOURCE_KEY)
  return { files, mapping, speed, shift, from, until, server }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function readSpeed(text: string): number {
  if (text === 'max') return Infinity
  const speed = Number(text)
  if (speed > 0 && speed < Infinity) return speed
  throw new InputError(`--speed is a number above 0, or max; not ${text}.`)
}

function readShift(text: string | undefined, speed: number): boolean {
  if (text === undefined) return false
  if (text !== 'now') throw new InputError(`--shift knows only now; not ${text}.`)
  if (speed !== 1) throw new InputError('--shift now goes with --speed 1.')
  return true
}

function readServer(url: string | undefined, key: string | undefined): ServerAddress | undefined {
  if (url === undefined) return undefined
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new InputError(`--to is an address such as http://localhost:3000; not ${url}.`)
  }
  if (key === undefined)
    throw new InputError('--to needs the key of a source: --key or SOURCE_KEY.')
  return { url, key }
}
