import { randomBytes } from 'node:crypto'
import { symmetricDecrypt } from 'better-auth/crypto'
import { storedSpareCode } from './tokens.ts'

const MANY = 10
/** Of 5 bits each: 120, so that a plain hash is enough to keep them by. */
const LONG = 24
/** Without those that are read as others. */
const SIGNS = 'abcdefghijkmnpqrstuvwxyz23456789'

/** `abcdef-ghjkmn-…`: each signs in once without the app. */
export const makeSpareCodes = (): string[] => Array.from({ length: MANY }, makeOne)

const makeOne = (): string =>
  Array.from(randomBytes(LONG), (byte) => SIGNS[byte % SIGNS.length])
    .join('')
    .replace(/.{6}(?=.)/g, '$&-')

const isStored = (one: string): boolean => /^[\da-f]{64}$/.test(one)

const stored = (codes: readonly string[]): string =>
  JSON.stringify(codes.map((one) => (isStored(one) ? one : storedSpareCode(one))))

/** better-auth writes and compares lists: of hashes. Those of earlier versions were encrypted; they count until used. */
export const spareCodeStore = (secret: string) => ({
  encrypt: async (list: string): Promise<string> => stored(JSON.parse(list) as string[]),
  decrypt: async (kept: string): Promise<string> => {
    if (kept.startsWith('[')) return kept
    const list = await symmetricDecrypt({ key: secret, data: kept })
    return stored(JSON.parse(list) as string[])
  },
})
