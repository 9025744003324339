import { Broken } from '#shared/ledger/break.ts'
import { readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readVerifier, signatureBy } from '#shared/ledger/key.ts'
import { keys, ownLog } from './page-reader.ts'

/** The newest checkpoint; throws a `Broken` where the key that the log says is its own did not sign it. */
export async function signedNow(): Promise<SignedCheckpoint> {
  const [text, lines] = await Promise.all([ownLog.checkpoint(), keys()])
  const checkpoint = readCheckpoint(text)
  const key = readVerifier(lines.at(-1) ?? '')
  if (!checkpoint || !key) throw new Broken('unreadable', null, 'There is no checkpoint.')
  if ((await signatureBy(checkpoint.note, key)) === 'right') return checkpoint
  throw new Broken('signature', null, 'The checkpoint is not signed by the key of the log.')
}
