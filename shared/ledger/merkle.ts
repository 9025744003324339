import type { Bytes } from './bytes.ts'
import { sha256 } from './sha256.ts'

export const HASH = 32

/** Of no leaves: SHA-256 of nothing. */
export const emptyRoot: Bytes = sha256(new Uint8Array())

const pair = new Uint8Array(1 + 2 * HASH)
pair[0] = 1
/** Begins with a zero, and has room for most entries. */
let leaf = new Uint8Array(4096)

/** RFC 6962, section 2.1: SHA-256(0 ‖ entry). */
export function leafHash(entry: Uint8Array): Bytes {
  if (entry.length >= leaf.length) leaf = new Uint8Array(2 * entry.length)
  leaf.set(entry, 1)
  return sha256(leaf.subarray(0, 1 + entry.length))
}

/** SHA-256(1 ‖ left ‖ right), each of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  pair.set(left, 1)
  pair.set(right, 1 + HASH)
  return sha256(pair)
}

/** Of a row of hashes, as they are hashed in pairs to the top; what has none beside it goes up as it is. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  const row = [...hashes]
  for (let length = row.length; length > 1; length = Math.ceil(length / 2)) {
    for (let left = 0; left < length; left += 2) {
      row[left / 2] = left + 1 < length ? nodeHash(row[left]!, row[left + 1]!) : row[left]!
    }
  }
  return row[0] ?? emptyRoot
}
