import { parseArgs } from 'node:util'
import { InputError } from './input-error.ts'

export interface ImportArguments {
  files: string[]
  mapping: string
  /** Undefined: a file beside where the command runs, called after the one it reads. */
  rejects: string | undefined
}

const USAGE = `npm run import -- FILE... --as MAPPING [--rejects FILE]

  FILE       CSV, plain or gzip
  --as       the name of a mapping that ships in mappings/, or the path of a .json file
  --rejects  where to keep the rows that are not taken, with the reason (FILE.rejects.csv)`

export function readArguments(args: readonly string[]): ImportArguments {
  const { values, positionals: files } = parse(args)
  const { as: mapping, rejects } = values
  if (files.length === 0 || mapping === undefined) throw new InputError(USAGE)
  if (rejects !== undefined && files.length > 1) {
    throw new InputError('--rejects goes with a single file.')
  }
  return { files, mapping, rejects }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { as: { type: 'string' }, rejects: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${USAGE}`)
  }
}
