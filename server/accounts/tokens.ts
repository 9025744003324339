import { createHash, randomBytes } from 'node:crypto'

/** What an invitation's link carries: 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How it is stored. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/** How a spare code is stored, however its letters and hyphens were typed. */
export const storedSpareCode = (code: string): string =>
  hashOf(code.toLowerCase().replace(/[\s-]/g, '')).toString('hex')
