import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { RawBuilder } from 'kysely'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { csvColumns, type PublicTicket, type TicketGroups } from '#shared/tickets.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { inSnapshot } from '../tickets/facts.ts'
import { type Eye, publicTicket, seenColumns, type SeenRow } from '../tickets/public-ticket.ts'
import { csvLine } from '../views/csv.ts'
import type { Knowing } from './knowing.ts'
import { partsOf } from './list.ts'
import { selectTickets } from './queries.ts'
import type { ListQuestion } from './question.ts'

/** Rows held in memory at once. */
const ROWS = 500

interface Telling extends Connections {
  eye: Eye
  knows: Knowing
  now: number
  where: RawBuilder<boolean>
  signal: AbortSignal
}

/**
 * Writes the whole list as CSV (RFC 4180, with a header), as the tickets stood at one instant. Reads on
 * only as fast as `out` takes it, and stops when the signal is aborted.
 */
export function writeTicketsCsv(
  out: Writable,
  question: ListQuestion,
  { db, sql, eye, knows, now, where, signal }: Telling,
): Promise<void> {
  const columns = csvColumns.filter((name) => isShown(name, eye))
  const linesOf = async (rows: readonly SeenRow[]) => {
    const current = await knows(rows)
    requireStillOpened(eye, current)
    const known = { ...current, opened: eye.opened }
    const tickets = rows.map((row) => publicTicket(row, known, now))
    return tickets.map((ticket) => csvLine(columns.map((name) => cellOf(ticket, name)))).join('')
  }
  return inSnapshot(
    sql,
    async (snapshot) => {
      await write(out, csvLine(columns), signal)
      for (const part of partsOf(question)) {
        const query = selectTickets(db, { ...part, where: [where, ...part.where] }).compile()
        const rows = snapshot.unsafe(query.sql, query.parameters as never[]).cursor(ROWS)
        for await (const page of rows) {
          await write(out, await linesOf(page.map(seenRow)), signal)
        }
      }
    },
    signal,
  )
}

/** As a view's file: the total is the last line, with an empty key. */
export const groupsCsv = ({ by, groups, total }: Pick<TicketGroups, 'by' | 'groups' | 'total'>) =>
  [[by, 'tickets'], ...groups.map(({ key, tickets }) => [key, tickets]), ['', total]]
    .map(csvLine)
    .join('')

/** A download that has begun ends when a policy closes what it tells. */
function requireStillOpened(before: Eye, { opened }: Eye): void {
  if (before.opened.every((one) => opened.includes(one))) return
  throw new HttpError(403, 'This city has closed to the public what is being told.')
}

const cellOf = (ticket: PublicTicket, column: string) =>
  ticket[column as keyof PublicTicket] ?? null

function isShown(column: string, { opened }: Eye): boolean {
  if (column === 'transfers') return opened.includes('agency')
  return !(dimensions as readonly string[]).includes(column) || opened.includes(column as Dimension)
}

const stored = seenColumns.map(
  (name) => [name, name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] as const,
)

function seenRow(row: Record<string, unknown>): SeenRow {
  return Object.fromEntries(stored.map(([name, column]) => [name, row[column]])) as SeenRow
}

async function write(out: Writable, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (!out.write(text)) await once(out, 'drain', { signal })
}
