import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { addTicket, type Delta } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, journalHead, nextBatch } from '../journal/queries.ts'
import { type Heard, noteHeard } from '../sources/queries.ts'
import { keepInHistory, storedVersions, type Upserted, upsertTickets } from '../tickets/queries.ts'
import type { TicketRow } from '../tickets/row.ts'
import {
  type Group,
  groupByTicket,
  type Incoming,
  judge,
  keyOf,
  type Outcome,
  storedBefore,
  type Verdict,
} from './sort-out.ts'

export interface Batch {
  incoming: readonly Incoming[]
  /** Each source that was heard, once. */
  heard: readonly Heard[]
}

export interface Ingested {
  verdicts: ReadonlyMap<Incoming, Outcome>
  /** The journal's position that holds everything accepted. */
  seq: number
}

/**
 * Writes a batch in one transaction: tickets, what they replaced, and one journal row that says what
 * this changed. When it resolves, everything accepted is durable; when it rejects, nothing happened.
 */
export function ingest(db: Db, { incoming, heard }: Batch): Promise<Ingested> {
  const groups = groupByTicket(incoming)

  return db.transaction().execute(async (trx) => {
    const batch = await nextBatch(trx)
    const tops = groups.map(({ top }) => top.row)
    const upserted = tops.length > 0 ? await upsertTickets(trx, tops, batch) : []
    const verdicts = await verdictsOf(trx, groups, upserted)
    await keepOthers(trx, verdicts, { batch, written: new Set(upserted.map(keyOf)) })

    const seq =
      upserted.length > 0
        ? await journal(trx, { batch, groups, upserted })
        : (await journalHead(trx)).seq
    if (heard.length > 0) await noteHeard(trx, heard)
    return { verdicts: new Map(verdicts.map((one) => [one.incoming, one.outcome])), seq }
  })
}

async function verdictsOf(db: Db, groups: Group[], upserted: Upserted[]): Promise<Verdict[]> {
  const written = new Set(upserted.map(keyOf))
  const left = groups.filter(({ top }) => !written.has(keyOf(top.row))).map(({ top }) => top.row)
  const stored = left.length > 0 ? await storedVersions(db, left) : []
  const before = storedBefore(upserted, stored)
  return groups.flatMap((group) => judge(group, before.get(keyOf(group.top.row))))
}

/** Versions that never became a ticket's row are kept too: overtaken in their own batch, or too late. */
async function keepOthers(
  db: Db,
  verdicts: readonly Verdict[],
  { batch, written }: { batch: number; written: ReadonlySet<string> },
): Promise<void> {
  const tops = topVersions(verdicts)
  const superseded = verdicts.filter(
    ({ outcome, incoming: { row } }) =>
      outcome === 'accepted' && !(written.has(keyOf(row)) && tops.get(keyOf(row)) === row.version),
  )
  const stale = verdicts.filter(({ outcome }) => outcome === 'stale')
  if (superseded.length > 0)
    await keepInHistory(db, rowsOf(superseded), { batch, fate: 'superseded' })
  if (stale.length > 0) await keepInHistory(db, rowsOf(stale), { batch, fate: 'stale' })
}

function topVersions(verdicts: readonly Verdict[]): Map<string, number> {
  const tops = new Map<string, number>()
  for (const { outcome, incoming } of verdicts) {
    if (outcome === 'accepted') tops.set(keyOf(incoming.row), incoming.row.version)
  }
  return tops
}

const rowsOf = (verdicts: readonly Verdict[]): TicketRow[] =>
  verdicts.map(({ incoming }) => incoming.row)

interface Change {
  batch: number
  groups: readonly Group[]
  upserted: readonly Upserted[]
}

/** `contributions(new) − contributions(old)` of every row that was written. */
function journal(db: Db, { batch, groups, upserted }: Change): Promise<number> {
  const before = new Map(upserted.map((row) => [keyOf(row), row]))
  const delta: Delta = new Map()
  let newestAt = -Infinity
  for (const { top } of groups) {
    const old = before.get(keyOf(top.row))
    if (!old) continue
    if (old.oldVersion !== null) addTicket(delta, old as Ticket, -1)
    addTicket(delta, top.row, 1)
    newestAt = Math.max(newestAt, top.newestAt)
  }
  return appendToJournal(db, {
    batch,
    kind: 'tickets',
    contributions: contributionsVersion,
    events: upserted.length,
    newestAt,
    delta: pack(delta),
  })
}
