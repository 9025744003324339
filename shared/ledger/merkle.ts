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

/** The greatest power of two that is less than `n`, where `n` is at least 2. */
export function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}

/** Of a row of hashes, as they are hashed in pairs to the top. */
export function rootOf(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot
  if (hashes.length === 1) return hashes[0]!
  const split = splitOf(hashes.length)
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}
