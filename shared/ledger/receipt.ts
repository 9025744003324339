import { Broken } from './break.ts'
import { fromBase64, fromHex, joined, toHex, utf8 } from './bytes.ts'
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { type Entry, readEntry } from './entry.ts'
import { isSameKey, readVerifier, signatureBy, type Verifier } from './key.ts'
import { leafHash } from './merkle.ts'
import { isIncluded } from './proof.ts'
import { sha256 } from './sha256.ts'

/** That a leaf stands in the log, for whoever keeps it: checked without the log. */
export interface Receipt {
  type: 'clerestory/receipt/v1'
  /** The whole note. */
  checkpoint: string
  /** The key that signed it. */
  key: string
  index: number
  /** The leaf itself. */
  entry: string
  /** Base64, from the leaf upwards. */
  proof: string[]
  /** What the leaf only commits to, as far as the one who asked may read it. */
  texts?: ReceiptText[]
}

export interface ReceiptText {
  name: string
  /** In hexadecimal. */
  salt: string
  text: string
}

export interface ReadReceipt {
  checkpoint: SignedCheckpoint
  entry: Entry
  key: Verifier
  /** Each is what its commitment in the leaf was made of. */
  texts: readonly ReceiptText[]
}

/** Throws a `Broken` that says what is wrong; `key`, where it is known, must be the one that signed. */
export async function readReceipt(told: unknown, key?: Verifier): Promise<ReadReceipt> {
  const receipt = isReceipt(told) ? told : NO_RECEIPT
  const checkpoint = readCheckpoint(receipt.checkpoint)
  const signer = readVerifier(receipt.key)
  const bytes = utf8(receipt.entry)
  const entry = readEntry(bytes)
  const proof = receipt.proof.map(fromBase64)
  if (!checkpoint || !signer || !entry || !proof.every((hash) => hash !== undefined)) {
    throw new Broken('unreadable', null, 'This is no receipt that can be read.')
  }
  const { index } = receipt
  const { size, root, note } = checkpoint
  if (entry.index !== index || !isIncluded({ index, size, leaf: leafHash(bytes), root, proof })) {
    throw new Broken('edited', index, `Leaf ${index} is not in the log of this checkpoint.`)
  }
  if (key && !isSameKey(key, signer)) {
    throw new Broken('key', null, 'The receipt was signed by another key.')
  }
  const signed = await signatureBy(note, signer)
  if (signed !== 'right') {
    throw new Broken('signature', null, 'The checkpoint of the receipt is not signed by its key.')
  }
  const { texts = [] } = receipt
  for (const text of texts) requireCommitted(entry, text)
  return { checkpoint, entry, key: signer, texts }
}

/** SHA-256 of salt ‖ text in UTF-8 stands in the leaf. */
function requireCommitted({ index, what }: Entry, { name, salt, text }: ReceiptText): void {
  const sealed = what.texts as Record<string, { commitment?: unknown }> | undefined
  const commitment = toHex(sha256(joined(fromHex(salt), utf8(text))))
  if (sealed?.[name]?.commitment === commitment) return
  throw new Broken(
    'edited',
    index,
    `The text "${name}" is not the one that leaf ${index} commits to.`,
  )
}

const NO_RECEIPT: Receipt = {
  type: 'clerestory/receipt/v1',
  checkpoint: '',
  key: '',
  index: -1,
  entry: '',
  proof: [],
}

function isReceipt(told: unknown): told is Receipt {
  const { type, checkpoint, key, entry, proof, texts = [] } = Object(told) as Partial<Receipt>
  return (
    type === 'clerestory/receipt/v1' &&
    [checkpoint, key, entry].every((text) => typeof text === 'string') &&
    Array.isArray(proof) &&
    proof.every((hash) => typeof hash === 'string') &&
    Array.isArray(texts) &&
    texts.every(isText)
  )
}

const isText = (told: unknown): told is ReceiptText => {
  const { name, salt, text } = Object(told) as Partial<ReceiptText>
  return (
    [name, salt, text].every((one) => typeof one === 'string') && /^([0-9a-f]{2})*$/.test(salt!)
  )
}
