import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { attachmentOf, setPublished } from './queries.ts'

/** Shows files to everybody, in the transaction of the act that names them. Throws a 404 for one that the person did not bring. */
export async function publishAttachments(
  trx: Db,
  hashes: readonly string[],
  person: string,
): Promise<void> {
  if (hashes.length === 0) return
  const published = await setPublished(trx, hashes, person)
  const missing = hashes.findIndex((hash) => !published.includes(hash))
  if (missing !== -1) throw notKept(`attachments.${missing}`)
}

/** Throws a 404 where the person brought no such picture of a number. */
export async function requirePicture(db: Db, hash: string, person: string): Promise<void> {
  const found = await attachmentOf(db, hash, person)
  if (found?.kind !== 'picture' || !found.isOwn || found.withheld) throw notKept('picture')
}

function notKept(path: string): HttpError {
  const why = 'This file is not kept: what is not published is removed after a day. Send it again.'
  return new HttpError(404, why, { path, code: 'file.gone' })
}
