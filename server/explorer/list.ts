import { type RawBuilder, sql } from 'kysely'
import type { TicketList, TicketSort } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { type Eye, publicTicket, type SeenRow } from '../tickets/public-ticket.ts'
import { possibleStatuses } from './conditions.ts'
import { type Cursor, cursorText } from './cursor.ts'
import type { Knowing } from './knowing.ts'
import { orderingOf, selectTickets, sourcesWith, timeOf } from './queries.ts'
import type { ListQuestion } from './question.ts'

interface Looking {
  db: Db
  eye: Eye
  knows: Knowing
  now: number
  where: RawBuilder<boolean>
}

type Page = Pick<TicketList, 'rows' | 'first' | 'next' | 'isMoreAbove'>

/**
 * A page of the list. Each ticket has one place in an order, told by cursors: what comes in between two
 * pages neither moves a row to another page nor hides one.
 */
export async function listPage(question: ListQuestion, looking: Looking): Promise<Page> {
  const { limit, after, before } = question
  const found = await readRows(question, looking)
  const isMore = found.length > limit
  const rows = found.slice(0, limit)
  if (before) rows.reverse()
  const eye = await looking.knows(rows)
  const cursor = (row: SeenRow | undefined) =>
    row ? cursorText(cursorOf(row, question, eye)) : null
  return {
    rows: rows.map((row) => publicTicket(row, eye, looking.now)),
    first: cursor(rows[0]) ?? (before ? cursorText(before) : null),
    next: isMore || before ? cursor(rows.at(-1)) : null,
    ...(before && { isMoreAbove: isMore }),
  }
}

/** One more than asked, when there are more; away from the cursor. */
async function readRows(question: ListQuestion, { db, eye, where }: Looking): Promise<SeenRow[]> {
  const { before, limit } = question
  const cursor = question.after ?? before
  const from = cursor && { ...cursor, sourceId: await sourceAt(db, cursor, eye) }
  const rows: SeenRow[] = []
  for (const part of partsFrom(question, cursor)) {
    const query = selectTickets(db, {
      ...part,
      direction: before ? opposite(part.direction) : part.direction,
      where: [where, ...part.where],
      from: part.isTimed === cursor?.isTimed ? from : undefined,
    })
    rows.push(...(await query.limit(limit + 1 - rows.length).execute()))
    if (rows.length > limit) break
  }
  return rows
}

/** The parts of the list that lie behind the cursor, the nearest first. */
function partsFrom(question: ListQuestion, cursor: Cursor | undefined) {
  const parts = partsOf(question)
  if (question.before) parts.reverse()
  const start = parts.findIndex(({ isTimed }) => isTimed === cursor?.isTimed)
  return parts.slice(Math.max(0, start))
}

/** Tickets with the time that is sorted by, and behind them those without. */
export function partsOf(question: ListQuestion) {
  const { sort, order } = question
  const time = timeOf(sort)
  const part = (isTimed: boolean, where: RawBuilder<boolean>[]) => ({
    isTimed,
    where,
    ...orderingOf(sort, order, isTimed),
  })
  if (time === null) return [part(true, [])]
  const parts = [part(true, [hasTime[time]]), part(false, [sql<boolean>`not (${hasTime[time]})`])]
  return parts.filter(({ isTimed }) => mayHold(question, isTimed))
}

/** Which tickets have the time: what is not closed has no final close, and only what is open is due. */
const hasTime = {
  dueAt: sql<boolean>`status = 'open' and due_at is not null`,
  closedAt: sql<boolean>`status = 'closed'`,
}

function isTimedBy({ status, dueAt }: SeenRow, sort: TicketSort): boolean {
  if (sort === 'closed') return status === 'closed'
  return sort !== 'due' || (status === 'open' && dueAt !== null)
}

/** False of a part that would be looked through for nothing. */
function mayHold({ sort, statuses, states }: ListQuestion, isTimed: boolean): boolean {
  const possible = possibleStatuses({ statuses, states })
  if (sort === 'closed') {
    return !possible || possible.some((status) => (status === 'closed') === isTimed)
  }
  if (isTimed) return possible?.includes('open') ?? true
  // What is overdue or due soon has a due date.
  return !states || possible!.some((status) => status !== 'open')
}

const opposite = (direction: 'asc' | 'desc') => (direction === 'asc' ? 'desc' : 'asc')

async function sourceAt(db: Db, { mark, id }: Cursor, eye: Eye): Promise<number> {
  const sources = await sourcesWith(db, id)
  const source = sources.find((sourceId) => eye.markOf(sourceId, id) === mark)
  if (source !== undefined) return source
  throw new HttpError(400, 'The cursor names no ticket.', { path: 'after' })
}

function cursorOf(row: SeenRow, { sort, order }: ListQuestion, eye: Eye): Cursor {
  const isTimed = isTimedBy(row, sort)
  const at = row[orderingOf(sort, order, isTimed).column]!
  return { sort, order, isTimed, at, mark: eye.markOf(row.sourceId, row.id), id: row.id }
}
