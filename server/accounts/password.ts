import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** KiB, passes, lanes: what OWASP asks for at least of Argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG = 32

/** Fewer characters are refused; which they are is nobody's business. */
export const SHORTEST = 12
export const LONGEST = 128

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, as other programs write it. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive('argon2id', { ...COST, message: plain(password), nonce, tagLength: TAG })
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${bare(nonce)}$${bare(tag)}`
}

/** With the cost it was hashed with; false of what is no such hash. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash)
  if (!found) return false
  const [memory, passes, parallelism] = found.slice(1, 4).map(Number) as [number, number, number]
  const [nonce, tag] = found.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer]
  const cost = { memory, passes, parallelism, tagLength: tag.length }
  const derived = await derive('argon2id', { ...cost, message: plain(password), nonce })
  return timingSafeEqual(derived, tag)
}

/** The same characters are the same password, whichever keyboard wrote them. */
const plain = (password: string): string => password.normalize('NFKC')
const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
