import { earliest } from '#shared/events.ts'
import { MINUTE } from '#shared/time.ts'
import type { VisitFact } from '../consultations/facts.ts'
import { type Answered, eachContribution } from '../journal/answer-delta.ts'
import type { Snapshot } from '../tickets/facts.ts'

const PAGE = 5000

/** Visits every contribution of every answer that counts from `minute` on. */
export async function eachAnswerFactSince(
  snapshot: Snapshot,
  minute: number,
  visit: VisitFact,
): Promise<void> {
  const since = new Date(Math.max(minute * MINUTE, earliest))
  const answers = snapshot<Answered[]>`
    select ${columns(snapshot)} from answer where counts_at >= ${since.toISOString()}::timestamptz`
  await visitAll(answers, visit)
}

/** The same, of the answers as they were when the journal stood at `seq`. */
export async function eachAnswerFactAt(
  snapshot: Snapshot,
  seq: number,
  visit: VisitFact,
): Promise<void> {
  const answers = snapshot<Answered[]>`
    with later as (select batch from journal where seq > ${seq})
    select ${columns(snapshot)} from answer where batch not in (select batch from later)
    union all
    select ${columns(snapshot)} from answer_history
    where fate = 'replaced' and until_batch in (select batch from later)
      and batch not in (select batch from later)`
  await visitAll(answers, visit)
}

const columns = (snapshot: Snapshot) => snapshot`
  poll, statement, answered_at as "answeredAt", counts_at as "countsAt", offered, chosen, vote`

interface Pages {
  cursor(size: number): AsyncIterable<Answered[]>
}

async function visitAll(answers: Pages, visit: VisitFact): Promise<void> {
  for await (const page of answers.cursor(PAGE)) {
    for (const one of page) eachContribution(one, visit)
  }
}
