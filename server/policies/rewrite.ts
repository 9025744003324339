import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { memberCodes } from '../dimensions/queries.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { addTicket, type Delta } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, nextBatch, ring } from '../journal/queries.ts'
import { byKey, inKeyOrder, keyOf } from '../tickets/key.ts'
import { redecideTickets } from '../tickets/queries.ts'
import type { TicketRow } from '../tickets/row.ts'
import { type Due, dueOf } from './due.ts'
import { PolicyChanged, requireNewest } from './policy-changed.ts'
import { allPolicies, type KeptPolicy, noteRewritten, ticketsDecidedOtherwise } from './queries.ts'

/** Tickets written in one transaction. */
const PAGE = 1000

export interface RewriteOptions {
  /** Which tickets, when not those that new versions are about. */
  dueOf?: (versions: readonly KeptPolicy[]) => Due | undefined
  stop?: AbortSignal
  /** Called after each page, with all that was written so far. */
  onPage?: (rewritten: number) => void
}

/**
 * Writes again every ticket about which another version decided than the one that holds for it, a
 * page at a time: through the upsert, so that what was is kept, and into the journal. What is left
 * when it is stopped is done by the next; two at once, and intake beside them, do no harm. Answers
 * how many it wrote.
 */
export async function rewriteTickets(db: Db, options: RewriteOptions = {}): Promise<number> {
  const look = async () => (options.dueOf ?? dueOf)(await allPolicies(db))
  let rewritten = 0
  let after: TicketRow | undefined
  let due = await look()
  while (due && !options.stop?.aborted) {
    const page = await ticketsDecidedOtherwise(db, { ...due, after, limit: PAGE })
    if (page.length === 0) {
      await noteRewritten(db, due.newest)
      break
    }
    const written = await rewritePage(db, page, due)
    if (written === 'policy changed') {
      due = await look()
      after = undefined
      continue
    }
    rewritten += written
    after = page.at(-1)
    options.onPage?.(rewritten)
  }
  return rewritten
}

async function rewritePage(
  db: Db,
  page: readonly TicketRow[],
  due: Due,
): Promise<number | 'policy changed'> {
  const rows = await decidedAgain(db, page, due)
  try {
    const written = await db.transaction().execute((trx) => write(trx, rows, due.newest))
    await ring(db).catch(() => {})
    return written
  } catch (error) {
    if (error instanceof PolicyChanged) return 'policy changed'
    throw error
  }
}

/** In the order in which intake locks tickets too. */
async function decidedAgain(
  db: Db,
  page: readonly TicketRow[],
  { decide }: Due,
): Promise<TicketRow[]> {
  const codes = await memberCodes(db, [...new Set(page.map(({ category }) => category))])
  const spellings = new Map([...codes].map(([id, code]) => [id, spellingOf(code)]))
  return page
    .map((row) => ({
      ...row,
      ...decide({ ...row, category: spellings.get(row.category) ?? null }),
    }))
    .sort((a, b) => inKeyOrder(keyOf(a), keyOf(b)))
}

async function write(trx: Db, rows: readonly TicketRow[], newest: number): Promise<number> {
  const batch = await nextBatch(trx)
  const before = byKey(await redecideTickets(trx, rows, batch))
  if (before.size === 0) return 0
  const delta: Delta = new Map()
  for (const row of rows) {
    const old = before.get(keyOf(row))
    if (!old) continue
    addTicket(delta, old as Ticket, -1)
    addTicket(delta, row, 1)
  }
  const { policyVersion } = await appendToJournal(trx, {
    batch,
    kind: 'rewrite',
    contributions: contributionsVersion,
    events: before.size,
    newestAt: null,
    delta: pack(delta),
  })
  requireNewest(newest, policyVersion)
  return before.size
}
