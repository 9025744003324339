import type { Db } from '../db/connect.ts'
import { hashOf, newKey } from './keys.ts'
import { insertSource, setKey, type Source, sourceByName } from './queries.ts'

/** Adds a source and answers its key, which is shown once and stored only hashed. */
export async function addSource(
  db: Db,
  source: { name: string; kind: string; silentAfter?: number },
): Promise<{ id: number; key: string }> {
  const key = newKey()
  const added = await insertSource(db, { ...source, keyHash: hashOf(key) })
  if (!added) throw new Error(`There is a source called ${source.name} already.`)
  return { id: added.id, key }
}

/** Gives a source a new key; the old one stops working at once. */
export async function rotateKey(db: Db, name: string): Promise<string> {
  const key = newKey()
  if (!(await setKey(db, name, hashOf(key)))) throw new Error(`There is no source called ${name}.`)
  return key
}

/** The source called `name`, added when it is not there yet. */
export async function ensureSource(
  db: Db,
  source: { name: string; kind: string },
): Promise<Pick<Source, 'id'>> {
  const known = await sourceByName(db, source.name)
  return (
    known ??
    (await insertSource(db, { ...source, keyHash: hashOf(newKey()) })) ??
    ensureSource(db, source)
  )
}
