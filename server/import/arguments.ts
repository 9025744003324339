import { misused, readWords } from '../command.ts'

export interface ImportArguments {
  files: string[]
  mapping: string
  /** Undefined: a file beside where the command runs, called after the one it reads. */
  rejects: string | undefined
}

export const USAGE = `npm run import -- FILE... --as MAPPING [--rejects FILE]

  FILE       CSV, plain or gzip
  --as       the name of a mapping that ships in mappings/, or the path of a .json file
  --rejects  where to keep the rows that are not taken, with the reason (FILE.rejects.csv)`

const options = { as: { type: 'string' }, rejects: { type: 'string' } } as const

export function readArguments(args: string[]): ImportArguments {
  const { values, positionals: files } = readWords(args, options, USAGE)
  const { as: mapping, rejects } = values
  if (files.length === 0 || mapping === undefined) throw misused(USAGE)
  if (rejects !== undefined && files.length > 1) {
    throw misused('--rejects goes with a single file.')
  }
  return { files, mapping, rejects }
}
