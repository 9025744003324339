import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Db } from '../db/connect.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, nextBatch } from '../journal/queries.ts'
import { countChanges } from './count-changes.ts'
import { ruleByDays } from './queries.ts'
import type { Days } from './within-days.ts'

/**
 * Rules by new days on the comments that came before they were told: what lies outside them counts nowhere, what lies
 * within them counts. In the transaction that tells them, while the consultation is held; names are written before,
 * in the order in which others lock them, and only the journal after.
 */
export async function settleDays(trx: Db, consultation: number, days: Days): Promise<void> {
  const batch = await nextBatch(trx)
  const ruled = await ruleByDays(trx, { consultation, days, batch })
  if (ruled.length === 0) return
  const changes = ruled.map((before) => ({
    before,
    after: { ...before, isPublished: before.isPublishedNow },
  }))
  await appendToJournal(trx, {
    ...{ batch, kind: 'comments', newestAt: null, events: ruled.length },
    contributions: contributionsVersion,
    delta: pack(await countChanges(trx, changes)),
  })
}
