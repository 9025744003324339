import { createHash, randomBytes } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Actor, Deed, Role } from '#shared/oversight/act.ts'

/** A text with the salt under which an act commits to it, in hexadecimal. */
export interface SaltedText {
  name: string
  salt: string
  text: string
}

/** What is hashed. The person is not named: the appointment's own first act commits to who it is. */
export interface Sealable {
  id: number
  at: number
  appointment: number | null
  role: Role | null
  kind: string
  subject: string
  version: number
  body: object
  /** By name, the commitment in hexadecimal. */
  commitments: Readonly<Record<string, string>>
}

export interface Sealed {
  canonical: string
  hash: Buffer
}

/** Gives each text 16 random bytes: without them a short text could be guessed from its commitment. */
export function salted(texts: Deed['texts']): SaltedText[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    text == null ? [] : [{ name, text, salt: randomBytes(16).toString('hex') }],
  )
}

/** SHA-256 of salt ‖ text in UTF-8. */
export function commitmentOf({ salt, text }: Omit<SaltedText, 'name'>): string {
  return createHash('sha256').update(salt, 'hex').update(text, 'utf8').digest('hex')
}

/** RFC 8785, and its SHA-256. */
export function seal({ at, commitments, ...rest }: Sealable): Sealed {
  const texts = Object.fromEntries(
    Object.entries(commitments).map(([name, commitment]) => [name, { commitment }]),
  )
  const canonical = canonicalize({ ...rest, at: new Date(at).toISOString(), texts })!
  return { canonical, hash: createHash('sha256').update(canonical, 'utf8').digest() }
}

interface Unsealed extends Omit<Sealable, 'appointment' | 'role' | 'commitments'> {
  by: Actor | null
  texts: readonly SaltedText[]
}

/** A new act's canonical text and hash. */
export function sealed({ by, texts, ...rest }: Unsealed): Sealed {
  const { appointment, role } = by ?? { appointment: null, role: null }
  const commitments = Object.fromEntries(texts.map((one) => [one.name, commitmentOf(one)]))
  return seal({ ...rest, appointment, role, commitments })
}
