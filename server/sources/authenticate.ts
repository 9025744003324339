import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { hashOf } from './keys.ts'
import { type Source, sourceByKey } from './queries.ts'

/** How long a key that was good stays good without another look. */
const TRUST = 2000
const MAX_REMEMBERED = 10_000

/** Finds the source of an `Authorization: Bearer KEY` header, or throws a 401. */
export function authenticator(db: Db): (header: string | undefined) => Promise<Source> {
  const remembered = new Map<string, { source: Source; until: number }>()

  return async (header) => {
    const key = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(header ?? '')?.[1]
    if (key === undefined)
      throw new HttpError(401, 'Send Authorization: Bearer and the source key.')
    const known = remembered.get(key)
    if (known && known.until > performance.now()) return known.source

    const source = await sourceByKey(db, hashOf(key))
    remembered.delete(key)
    if (!source) throw new HttpError(401, 'This key belongs to no source that is enabled.')
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(key, { source, until: performance.now() + TRUST })
    return source
  }
}
