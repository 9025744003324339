import { type CommentChange, countChanges } from '../consultations/count-changes.ts'
import {
  keepComments,
  storedComments,
  upsertComments,
  type UpsertedComment,
} from '../consultations/queries.ts'
import type { CommentRow } from '../consultations/row.ts'
import { lockDays, outsideDays } from '../consultations/within-days.ts'
import type { Db } from '../db/connect.ts'
import type { Delta } from '../journal/delta.ts'
import { byKey, keyOf } from '../tickets/key.ts'
import { keepOthers } from './keep-others.ts'
import {
  type Group,
  groupByKey,
  type Incoming,
  judge,
  replacedBy,
  type Verdict,
} from './sort-out.ts'

export interface IngestedComments {
  verdicts: Verdict<CommentRow>[]
  /** Rows that were written. */
  events: number
  newestAt: number
  delta: Delta
}

/**
 * Writes the comments of a batch, what they replaced, and who took part: with the same verdicts as
 * tickets, in the batch's transaction. What lies outside the days of a consultation that was told meanwhile
 * counts nowhere, as if it had come before.
 */
export async function ingestComments(
  trx: Db,
  incoming: readonly Incoming<CommentRow>[],
  batch: number,
): Promise<IngestedComments> {
  await ruleOnDays(trx, incoming)
  const groups = groupByKey(incoming, keyOf)
  const tops = groups.map(({ top }) => top.row)
  const written = byKey(tops.length > 0 ? await upsertComments(trx, tops, batch) : [])
  const left = groups.filter(({ key }) => !written.has(key)).map(({ top }) => top.row)
  const stored = byKey(left.length > 0 ? await storedComments(trx, left) : [])
  const verdicts = groups.flatMap((group) =>
    judge(group, replacedBy(written.get(group.key)) ?? stored.get(group.key)),
  )
  await keepOthers(verdicts, (rows, fate) => keepComments(trx, rows, { batch, fate }))
  return { verdicts, ...(await changesOf(trx, groups, written)) }
}

async function ruleOnDays(trx: Db, incoming: readonly Incoming<CommentRow>[]): Promise<void> {
  if (incoming.length === 0) return
  const days = await lockDays(trx, consultationsOf(incoming))
  for (const one of incoming) {
    const own = days.get(one.row.consultation)
    const isOutside = own !== undefined && outsideDays(own, one.row.receivedAt) !== undefined
    one.row = { ...one.row, isPublished: isOutside ? null : one.row.reason === null }
  }
}

/** Of these comments, each once. */
export const consultationsOf = (incoming: readonly Incoming<CommentRow>[]): number[] => [
  ...new Set(incoming.map(({ row }) => row.consultation)),
]

async function changesOf(
  trx: Db,
  groups: readonly Group<CommentRow>[],
  written: ReadonlyMap<string, UpsertedComment>,
): Promise<Omit<IngestedComments, 'verdicts'>> {
  const changes: CommentChange[] = []
  let newestAt = -Infinity
  for (const { key, top } of groups) {
    const old = written.get(key)
    if (!old) continue
    const after = { ...top.row, isPublished: old.isPublishedNow }
    changes.push({ before: old.oldVersion === null ? undefined : old, after })
    newestAt = Math.max(newestAt, top.newestAt)
  }
  return { delta: await countChanges(trx, changes), newestAt, events: written.size }
}
