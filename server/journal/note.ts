import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Db } from '../db/connect.ts'
import { pack } from './pack.ts'
import { appendToJournal, nextBatch } from './queries.ts'

type Noted = 'members' | 'policy' | 'definitions'

/**
 * Notes that names, policies or definitions changed, so that every running process reads them again.
 * In the transaction of the change, and last in it. Answers the `seq` of the note.
 */
export async function noteInJournal(trx: Db, kind: Noted): Promise<number> {
  const { seq } = await appendToJournal(trx, {
    batch: await nextBatch(trx),
    kind,
    contributions: contributionsVersion,
    events: 0,
    newestAt: null,
    delta: pack(new Map()),
  })
  return seq
}
