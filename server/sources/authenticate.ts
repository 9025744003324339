import type { Db } from '../db/connect.ts'
import { bearerOf } from '../http/bearer.ts'
import { HttpError } from '../http/errors.ts'
import type { RateLimit } from '../http/rate-limit.ts'
import { hashOf } from './keys.ts'
import { type Source, sourceByKey } from './queries.ts'

/** How long a key that was good stays good without another look. */
const TRUST = 2000
const MAX_REMEMBERED = 10_000

type Authenticate = (header: string | undefined, address: string) => Promise<Source>

/**
 * Finds the source of an `Authorization: Bearer KEY` header, or throws a 401; a 429 to an address that
 * has tried too many wrong keys. A key that was good is looked up whatever else comes from its address.
 */
export function authenticator(db: Db, wrongKeys: RateLimit): Authenticate {
  const remembered = new Map<string, { source: Source; until: number }>()
  const asked = new Map<string, Promise<Source | undefined>>()

  /** Many requests with one key at once are one question. */
  function ask(key: string): Promise<Source | undefined> {
    const answer = asked.get(key) ?? sourceByKey(db, hashOf(key)).finally(() => asked.delete(key))
    asked.set(key, answer)
    return answer
  }

  return async (header, address) => {
    const key = bearerOf(header)
    if (key === undefined)
      throw new HttpError(401, 'Send Authorization: Bearer and the source key.', {
        code: 'wrong-key',
      })
    const known = remembered.get(key)
    if (known && known.until > performance.now()) return known.source
    if (!known) await wrongKeys.requireLeft(address)

    const source = await ask(key)
    remembered.delete(key)
    if (!source) {
      await wrongKeys.spend(address)
      throw new HttpError(401, 'This key belongs to no source that is enabled.', {
        code: 'wrong-key',
      })
    }
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    remembered.set(key, { source, until: performance.now() + TRUST })
    return source
  }
}
