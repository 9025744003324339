import type { Db } from '../db/connect.ts'
import { addAnswer } from '../journal/answer-delta.ts'
import type { Delta } from '../journal/delta.ts'
import {
  type AnswerKey,
  keepAnswers,
  storedAnswers,
  type UpsertedAnswer,
  upsertAnswers,
} from '../polls/queries.ts'
import type { AnswerRow } from '../polls/row.ts'
import { keepOthers } from './keep-others.ts'
import {
  type Group,
  groupByKey,
  type Incoming,
  judge,
  replacedBy,
  type Verdict,
} from './sort-out.ts'

export interface IngestedAnswers {
  verdicts: Verdict<AnswerRow>[]
  /** Rows that were written. */
  events: number
  newestAt: number
}

interface Into {
  batch: number
  /** What they change is added to it. */
  delta: Delta
}

const keyOf = ({ poll, statement, person }: AnswerKey): string => `${poll} ${statement} ${person}`

function byKey<T extends AnswerKey>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Writes the answers of a batch and what they replaced: with the same verdicts as tickets, in the batch's transaction. */
export async function ingestAnswers(
  trx: Db,
  incoming: readonly Incoming<AnswerRow>[],
  { batch, delta }: Into,
): Promise<IngestedAnswers> {
  const groups = groupByKey(incoming, keyOf)
  const tops = groups.map(({ top }) => top.row)
  const written = byKey(tops.length > 0 ? await upsertAnswers(trx, tops, batch) : [])
  const left = groups.filter(({ key }) => !written.has(key)).map(({ top }) => top.row)
  const stored = byKey(left.length > 0 ? await storedAnswers(trx, left) : [])
  const verdicts = groups.flatMap((group) =>
    judge(group, replacedBy(written.get(group.key)) ?? stored.get(group.key)),
  )
  await keepOthers(verdicts, (rows, fate) => keepAnswers(trx, rows, { batch, fate }))
  return { verdicts, events: written.size, newestAt: addChanges(delta, groups, written) }
}

/** Answers the newest time that any of them tells. */
function addChanges(
  delta: Delta,
  groups: readonly Group<AnswerRow>[],
  written: ReadonlyMap<string, UpsertedAnswer>,
): number {
  let newestAt = -Infinity
  for (const { key, top } of groups) {
    const old = written.get(key)
    if (!old) continue
    if (old.oldVersion !== null) addAnswer(delta, old, -1)
    addAnswer(delta, top.row, 1)
    newestAt = Math.max(newestAt, top.newestAt)
  }
  return newestAt
}
