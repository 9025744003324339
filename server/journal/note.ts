import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Db } from '../db/connect.ts'
import { pack } from './pack.ts'
import { appendToJournal, nextBatch } from './queries.ts'

/**
 * Notes that names or policies changed, so that every running process reads them again. In the
 * transaction of the change, and last in it.
 */
export async function noteInJournal(trx: Db, kind: 'members' | 'policy'): Promise<void> {
  await appendToJournal(trx, {
    batch: await nextBatch(trx),
    kind,
    contributions: contributionsVersion,
    events: 0,
    newestAt: null,
    delta: pack(new Map()),
  })
}
