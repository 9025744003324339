import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { z } from 'zod'
import { InputError } from './input-error.ts'
import { Mapping } from './mapping.ts'

const shipped = path.resolve(import.meta.dirname, '../../mappings')

/** A mapping by the path of its file, or by the name of one that ships in `mappings/`. */
export async function findMapping(nameOrFile: string): Promise<Mapping> {
  const isFile = nameOrFile.endsWith('.json') || nameOrFile.includes(path.sep)
  const file = isFile ? nameOrFile : path.join(shipped, `${nameOrFile}.json`)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new InputError(`${await unknownMapping(nameOrFile)}`)
  return readMapping(text, file)
}

/** `file` is what an error calls it. */
export function readMapping(text: string, file: string): Mapping {
  const result = Mapping.safeParse(parseJson(text, file))
  if (result.success) return result.data
  throw new InputError(`${file} is not a mapping:\n${explain(result.error)}`)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(`${file} is not JSON: ${(error as Error).message}`)
  }
}

function explain(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`).join('\n')
}

async function unknownMapping(name: string): Promise<string> {
  const files = await readdir(shipped)
  const names = files.filter((file) => /^[^.]+\.json$/.test(file)).map((file) => file.slice(0, -5))
  return `There is no mapping ${name}. Those that ship are ${names.join(', ')}; --as also takes the path of a .json file.`
}
