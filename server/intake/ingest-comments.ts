import type { Comment } from '#shared/consultations/comment.ts'
import { countParticipations, type Said } from '../consultations/participations.ts'
import {
  keepComments,
  storedComments,
  upsertComments,
  type UpsertedComment,
} from '../consultations/queries.ts'
import type { CommentRow } from '../consultations/row.ts'
import type { Db } from '../db/connect.ts'
import { addComment, addParticipation } from '../journal/comment-delta.ts'
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
 * tickets, in the batch's transaction.
 */
export async function ingestComments(
  trx: Db,
  incoming: readonly Incoming<CommentRow>[],
  batch: number,
): Promise<IngestedComments> {
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

async function changesOf(
  trx: Db,
  groups: readonly Group<CommentRow>[],
  written: ReadonlyMap<string, UpsertedComment>,
): Promise<Omit<IngestedComments, 'verdicts'>> {
  const delta: Delta = new Map()
  const said: { said: Said; n: 1 | -1 }[] = []
  let newestAt = -Infinity
  for (const { key, top } of groups) {
    const old = written.get(key)
    if (!old) continue
    if (old.oldVersion !== null) {
      addComment(delta, old as Comment, -1)
      said.push({ said: saidBy(old), n: -1 })
    }
    addComment(delta, top.row, 1)
    said.push({ said: saidBy(top.row), n: 1 })
    newestAt = Math.max(newestAt, top.newestAt)
  }
  for (const { before, after } of await countParticipations(trx, said)) {
    addParticipation(delta, before, -1)
    addParticipation(delta, after, 1)
  }
  return { delta, newestAt, events: written.size }
}

const saidBy = (comment: Said): Said => ({
  consultation: comment.consultation,
  provision: comment.provision,
  receivedAt: comment.receivedAt,
  isPublished: comment.isPublished,
  speaker: comment.speaker,
  person: comment.person,
})
