import { Broken } from './break.ts'
import { fromBase64, utf8 } from './bytes.ts'
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts'
import { type Entry, readEntry } from './entry.ts'
import { isSameKey, readVerifier, signatureBy, type Verifier } from './key.ts'
import { leafHash } from './merkle.ts'
import { isIncluded } from './proof.ts'

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
}

export interface ReadReceipt {
  checkpoint: SignedCheckpoint
  entry: Entry
  key: Verifier
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
  return { checkpoint, entry, key: signer }
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
  const { type, checkpoint, key, entry, proof } = Object(told) as Partial<Receipt>
  return (
    type === 'clerestory/receipt/v1' &&
    [checkpoint, key, entry].every((text) => typeof text === 'string') &&
    Array.isArray(proof) &&
    proof.every((hash) => typeof hash === 'string')
  )
}
