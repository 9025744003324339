import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { hashOf, newKey } from './keys.ts'
import {
  disableSource,
  enableSource,
  insertSource,
  setKey,
  type Source,
  sourceByName,
} from './queries.ts'

/** Adds a source and answers its key, which is shown once and stored only hashed. */
export async function addSource(
  db: Db,
  source: { name: string; kind: string; silentAfter?: number },
): Promise<{ id: number; key: string }> {
  const key = newKey()
  const added = await insertSource(db, { ...source, keyHash: hashOf(key) })
  if (!added) throw new HttpError(409, `There is a source called ${source.name} already.`)
  return { id: added.id, key }
}

/** Gives a source a new key; the old one stops working at once. */
export async function rotateKey(db: Db, name: string): Promise<string> {
  const key = newKey()
  if (!(await setKey(db, name, hashOf(key)))) throw noSource(name)
  return key
}

/** From now on its key is refused; what it told stays. False when it was disabled before. */
export async function disable(db: Db, name: string): Promise<boolean> {
  if (!(await sourceByName(db, name))) throw noSource(name)
  return disableSource(db, name)
}

/** Its key works again. False when it was not disabled. */
export async function enable(db: Db, name: string): Promise<boolean> {
  if (!(await sourceByName(db, name))) throw noSource(name)
  return enableSource(db, name)
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

const noSource = (name: string) => new HttpError(404, `There is no source called ${name}.`)
