import { randomBytes } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { hashOf } from '../sources/keys.ts'
import { disableAdminKey, insertAdminKey } from './queries.ts'

/** Adds a key under the name of whoever holds it, and answers it: shown once and stored only hashed. */
export async function addAdminKey(db: Db, name: string): Promise<string> {
  const key = `clr_admin_${randomBytes(32).toString('base64url')}`
  if (await insertAdminKey(db, { name, keyHash: hashOf(key) })) return key
  throw new HttpError(
    409,
    `There is an admin key called ${name} already, or was: names are not used again.`,
  )
}

/** From now on the key is refused. A name that is gone stays in the history of what was set. */
export async function disableAdmin(db: Db, name: string): Promise<void> {
  if (await disableAdminKey(db, name)) return
  throw new HttpError(404, `There is no admin key called ${name} that is enabled.`)
}
