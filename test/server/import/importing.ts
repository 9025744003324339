import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import { freshDatabase } from '../../support/database.ts'

export const FILES = path.join(import.meta.dirname, 'files')

/** A database and a folder for the rejects; `run` imports files of `files/`. */
export async function importing(said: object) {
  const database = await freshDatabase()
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-import-'))
  const mapping = readMapping(JSON.stringify(said), 'town.json')
  const rejects = path.join(dir, 'rejects.csv')
  const printed: string[] = []

  return {
    ...database,
    rejects,
    printed,
    run: (files: string[], stop: AbortSignal = new AbortController().signal) =>
      importFiles({
        db: database.db,
        files: files.map((name) => path.resolve(FILES, name)),
        mapping,
        rejects,
        stop,
        print: (line) => void printed.push(line),
      }),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await rm(dir, { recursive: true })
    },
  }
}
