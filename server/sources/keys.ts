import { createHash, randomBytes } from 'node:crypto'

/** 256 bits, shown once. The prefix lets a leaked key be recognised for what it is. */
export function newKey(): string {
  return `clr_${randomBytes(32).toString('base64url')}`
}

/** What is stored of a key. A random key of 256 bits needs no slow hash. */
export function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
