import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import canonicalize from 'canonicalize'
import { Evidence } from '#shared/oversight/evidence.ts'

export interface Canonical {
  /** RFC 8785. */
  canonical: string
  /** SHA-256 of it in UTF-8, as hex. */
  hash: string
}

/** Throws what cannot be said in JSON and read back the same: `undefined`, NaN, half of a character. */
export function canonicalOf(evidence: Evidence): Canonical {
  const canonical = canonicalize(evidence)
  if (canonical === undefined || !isDeepStrictEqual(JSON.parse(canonical), evidence)) {
    throw new TypeError('Evidence must be plain JSON.')
  }
  return { canonical, hash: hash('sha256', canonical, 'hex') }
}
