import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { CommentRow } from '../consultations/row.ts'
import type { Db } from '../db/connect.ts'
import type { JournalKind } from '../db/journal-tables.ts'
import { addTicket } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { type Appended, appendToJournal, journalHead, nextBatch } from '../journal/queries.ts'
import type { AnswerRow } from '../polls/row.ts'
import { requireNewest } from '../policies/policy-changed.ts'
import { type Heard, noteHeard } from '../sources/queries.ts'
import { byKey, keyOf } from '../tickets/key.ts'
import { keepInHistory, storedVersions, type Upserted, upsertTickets } from '../tickets/queries.ts'
import type { TicketRow } from '../tickets/row.ts'
import { type IngestedAnswers, ingestAnswers } from './ingest-answers.ts'
import { type IngestedComments, ingestComments } from './ingest-comments.ts'
import { keepOthers } from './keep-others.ts'
import {
  type Group,
  groupByKey,
  type Incoming,
  judge,
  type Outcome,
  replacedBy,
  type Verdict,
} from './sort-out.ts'

export interface Batch {
  incoming: readonly Incoming[]
  comments: readonly Incoming<CommentRow>[]
  answers: readonly Incoming<AnswerRow>[]
  /** Each source that was heard, once. */
  heard: readonly Heard[]
  /** The newest version when all of it was decided. */
  policyVersion: number
}

export interface Ingested {
  verdicts: ReadonlyMap<object, Outcome>
  /** The journal's position that holds everything accepted. */
  seq: number
}

/**
 * Writes a batch in one transaction: tickets, what they replaced, and one journal row that says what
 * this changed. When it resolves, everything accepted is durable; when it rejects, nothing happened:
 * with `PolicyChanged` it is to be decided again.
 */
export function ingest(
  db: Db,
  { incoming, comments, answers, heard, policyVersion }: Batch,
): Promise<Ingested> {
  const groups = groupByKey(incoming, keyOf)

  return db.transaction().execute(async (trx) => {
    const batch = await nextBatch(trx)
    const tops = groups.map(({ top }) => top.row)
    const written = byKey(tops.length > 0 ? await upsertTickets(trx, tops, batch) : [])
    const verdicts = await verdictsOf(trx, groups, written)
    await keepOthers(verdicts, (rows, fate) => keepInHistory(trx, rows, { batch, fate }))
    const said = await ingestComments(trx, comments, batch)
    const answered = await ingestAnswers(trx, answers, { batch, delta: said.delta })
    if (heard.length > 0) await noteHeard(trx, heard)

    const isChanged = written.size > 0 || said.events > 0 || answered.events > 0
    const head = isChanged
      ? await journal(trx, { batch, groups, written, said, answered })
      : await journalHead(trx)
    requireNewest(policyVersion, head.policyVersion)
    const all = [...verdicts, ...said.verdicts, ...answered.verdicts]
    return { verdicts: new Map(all.map((one) => [one.incoming, one.outcome])), seq: head.seq }
  })
}

async function verdictsOf(
  db: Db,
  groups: readonly Group[],
  written: ReadonlyMap<string, Upserted>,
): Promise<Verdict[]> {
  const left = groups.filter(({ key }) => !written.has(key)).map(({ top }) => top.row)
  const stored = byKey(left.length > 0 ? await storedVersions(db, left) : [])
  return groups.flatMap((group) =>
    judge(group, replacedBy(written.get(group.key)) ?? stored.get(group.key)),
  )
}

interface Change {
  batch: number
  groups: readonly Group[]
  written: ReadonlyMap<string, Upserted>
  said: IngestedComments
  answered: IngestedAnswers
}

/** `contributions(new) − contributions(old)` of every row that was written. */
function journal(db: Db, { batch, groups, written, said, answered }: Change): Promise<Appended> {
  const { delta } = said
  let newestAt = Math.max(said.newestAt, answered.newestAt)
  for (const { key, top } of groups) {
    const old = written.get(key)
    if (!old) continue
    if (old.oldVersion !== null) addTicket(delta, old as Ticket, -1)
    addTicket(delta, top.row, 1)
    newestAt = Math.max(newestAt, top.newestAt)
  }
  return appendToJournal(db, {
    batch,
    kind: kindOf(written.size, said.events),
    contributions: contributionsVersion,
    events: written.size + said.events + answered.events,
    newestAt,
    delta: pack(delta),
  })
}

function kindOf(tickets: number, comments: number): JournalKind {
  if (tickets > 0) return 'tickets'
  return comments > 0 ? 'comments' : 'answers'
}
