import { type Bytes, fromBase64, isEqual, joined, toBase64, utf8 } from './bytes.ts'
import { sha256 } from './sha256.ts'
import type { Note } from './note.ts'

/** What a key signs: notes as they are, or as a witness, with the time (C2SP signed-note, tlog-cosignature). */
export type Algorithm = 'ed25519' | 'cosignature'

/** The public half of a key, with its name. */
export interface Verifier {
  name: string
  id: number
  algorithm: Algorithm
  /** Ed25519. */
  key: Bytes
}

const codes = { ed25519: 1, cosignature: 4 } as const
const KEY = 32
const LINE = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u

export function verifierOf(name: string, key: Bytes, algorithm: Algorithm = 'ed25519'): Verifier {
  return { name, id: idOf(name, typed(algorithm, key)), algorithm, key }
}

/** `example.org/log+33d7b496+AeHTu4Q3…`; undefined: it is no such line, or its id is not its own. */
export function readVerifier(line: string): Verifier | undefined {
  const [, name, id, encoded] = LINE.exec(line) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || bytes?.length !== 1 + KEY) return undefined
  const algorithm = (['ed25519', 'cosignature'] as const).find((one) => codes[one] === bytes[0])
  const verifier = algorithm && verifierOf(name, bytes.slice(1), algorithm)
  return verifier && hexOf(verifier.id) === id ? verifier : undefined
}

export function verifierLine({ name, id, algorithm, key }: Verifier): string {
  return `${name}+${hexOf(id)}+${toBase64(typed(algorithm, key))}`
}

export const isSameKey = (a: Verifier, b: Verifier): boolean =>
  a.name === b.name && a.algorithm === b.algorithm && isEqual(a.key, b.key)

/**
 * Whether the note has a signature of this key: 'wrong' when one that says so is not, which spoils the note.
 * Throws where the browser does not know Ed25519.
 */
export async function signatureBy(
  { text, signatures }: Note,
  verifier: Verifier,
): Promise<'right' | 'wrong' | 'none'> {
  const own = signatures.filter(({ name, id }) => name === verifier.name && id === verifier.id)
  for (const { bytes } of own) if (!(await isSigned(text, bytes, verifier))) return 'wrong'
  return own.length > 0 ? 'right' : 'none'
}

function isSigned(text: string, bytes: Bytes, { algorithm, key }: Verifier): Promise<boolean> {
  if (algorithm === 'ed25519') return isSignedBy(key, { message: utf8(text), signature: bytes })
  const at = timeOf(bytes)
  if (at === undefined) return Promise.resolve(false)
  return isSignedBy(key, { message: utf8(cosigned(text, at)), signature: bytes.slice(8) })
}

/** Ed25519 (RFC 8032). */
export async function isSignedBy(
  key: Bytes,
  { message, signature }: { message: Bytes; signature: Bytes },
): Promise<boolean> {
  if (signature.length !== 64) return false
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', true, ['verify'])
  return crypto.subtle.verify('Ed25519', imported, signature, message)
}

/** What a witness signs: that at this time, in seconds, it knew of no longer log. */
export const cosigned = (text: string, at: number): string => `cosignature/v1\ntime ${at}\n${text}`

/** Seconds since 1970 at which a witness signed; undefined: the bytes are of no such signature. */
export function timeOf(cosignature: Bytes): number | undefined {
  if (cosignature.length !== 8 + 64) return undefined
  const at = Number(new DataView(cosignature.buffer, cosignature.byteOffset).getBigUint64(0))
  return Number.isSafeInteger(at) ? at : undefined
}

const typed = (algorithm: Algorithm, key: Uint8Array): Bytes =>
  joined(Uint8Array.of(codes[algorithm]), key)

function idOf(name: string, typedKey: Bytes): number {
  return new DataView(sha256(joined(utf8(`${name}\n`), typedKey)).buffer).getUint32(0)
}

const hexOf = (id: number): string => id.toString(16).padStart(8, '0')
