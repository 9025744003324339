import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import { type Bytes, fromBase64, joined, toBase64, utf8 } from '#shared/ledger/bytes.ts'
import {
  type Algorithm,
  cosigned,
  type Verifier,
  verifierLine,
  verifierOf,
} from '#shared/ledger/key.ts'
import { type Signature } from '#shared/ledger/note.ts'

/** A key that signs: as the log, or with the time as a witness. */
export interface Signer {
  verifier: Verifier
  /** Of a text that ends in a newline. `at`: in seconds, for a witness. */
  sign(text: string, at?: number): Signature
  /** As it is kept: `PRIVATE+KEY+name+id+base64`, which other programs read too. */
  line: string
}

const LINE = /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u
/** What comes before an Ed25519 seed in PKCS #8 (RFC 8410). */
const PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const SEED = 32

export function newSigner(name: string, algorithm: Algorithm = 'ed25519'): Signer {
  const { privateKey } = generateKeyPairSync('ed25519')
  return signerOf(name, Uint8Array.from(pkcs8(privateKey).subarray(-SEED)), algorithm)
}

/** Undefined: it is no such line, or its id is not its own. */
export function readSigner(line: string): Signer | undefined {
  const [, name, , encoded] = LINE.exec(line.trim()) ?? []
  const bytes = encoded === undefined ? undefined : fromBase64(encoded)
  if (name === undefined || bytes?.length !== 1 + SEED) return undefined
  const algorithm = bytes[0] === 4 ? 'cosignature' : 'ed25519'
  const signer = signerOf(name, bytes.slice(1), algorithm)
  return signer.line === line.trim() ? signer : undefined
}

function signerOf(name: string, seed: Bytes, algorithm: Algorithm): Signer {
  const key = createPrivateKey({ key: Buffer.concat([PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const verifier = verifierOf(name, publicBytes(key), algorithm)
  const typed = joined(Uint8Array.of(algorithm === 'cosignature' ? 4 : 1), seed)
  const id = verifierLine(verifier).split('+')[1]
  return {
    verifier,
    line: `PRIVATE+KEY+${name}+${id}+${toBase64(typed)}`,
    sign: (text, at) => ({ name, id: verifier.id, bytes: signed(key, text, at) }),
  }
}

function signed(key: KeyObject, text: string, at: number | undefined): Bytes {
  if (at === undefined) return Uint8Array.from(sign(null, utf8(text), key))
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(at))
  return joined(time, sign(null, utf8(cosigned(text, at)), key))
}

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' })

const publicBytes = (key: KeyObject): Bytes =>
  Uint8Array.from(createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-SEED))
