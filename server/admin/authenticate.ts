import type { Db } from '../db/connect.ts'
import { bearerOf } from '../http/bearer.ts'
import { HttpError } from '../http/errors.ts'
import { hashOf } from '../sources/keys.ts'
import { type AdminKey, adminByKey } from './queries.ts'

/**
 * The admin whose key an `Authorization: Bearer KEY` header holds, looked up at every act, or a 401.
 * What is compared is a hash, so that how long it takes tells nothing about the key.
 */
export async function authenticateAdmin(db: Db, header: string | undefined): Promise<AdminKey> {
  const key = bearerOf(header)
  if (key === undefined) throw refused('Send Authorization: Bearer and an admin key.')
  const admin = await adminByKey(db, hashOf(key))
  if (!admin) throw refused('This is no admin key that is enabled.')
  return admin
}

const refused = (why: string) => new HttpError(401, why, { code: 'wrong-key' })
