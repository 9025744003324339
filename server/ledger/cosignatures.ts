import { isEqual } from '#shared/ledger/bytes.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { signatureBy, type Verifier, verifierLine } from '#shared/ledger/key.ts'
import { signatureLine } from '#shared/ledger/note.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { checkpointOfSize, insertCosignature } from './queries.ts'

/** Takes what a witness signed under one of our checkpoints; throws what keeps it from being shown. */
export async function acceptCosignature(
  db: Db,
  witnesses: readonly Verifier[],
  told: unknown,
): Promise<number> {
  const checkpoint = typeof told === 'string' ? readCheckpoint(told) : undefined
  if (!checkpoint) throw new HttpError(400, 'Send a checkpoint of this log with your signature.')
  const { size, root, note } = checkpoint
  const own = await checkpointOfSize(db, size)
  if (!own || readCheckpoint(own.note)!.origin !== checkpoint.origin) {
    throw new HttpError(404, 'No such checkpoint was signed here.')
  }
  if (!isEqual(own.root, root)) throw new HttpError(409, 'At this size the log has another root.')
  const taken = await Promise.all(
    witnesses.map(async (witness) => {
      if ((await signatureBy(note, witness)) !== 'right') return false
      const line = note.signatures.find(
        ({ name, id }) => name === witness.name && id === witness.id,
      )!
      await insertCosignature(db, { size, key: verifierLine(witness), line: signatureLine(line) })
      return true
    }),
  )
  if (taken.includes(true)) return size
  throw new HttpError(
    403,
    'It is signed by no witness that this log knows: LEDGER_WITNESSES names them.',
  )
}
