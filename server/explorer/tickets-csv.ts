import { once } from 'node:events'
import type { Writable } from 'node:stream'
import type { RawBuilder } from 'kysely'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { csvColumns, type PublicTicket } from '#shared/tickets.ts'
import type { Connections } from '../db/connect.ts'
import { inSnapshot } from '../tickets/facts.ts'
import { type Eye, publicTicket, seenColumns, type SeenRow } from '../tickets/public-ticket.ts'
import { csvLine } from '../views/csv.ts'
import { partsOf } from './list.ts'
import { selectTickets } from './queries.ts'
import type { ListQuestion } from './question.ts'

/** Rows held in memory at once. */
const ROWS = 500

interface Telling extends Connections {
  eye: Eye
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
  { db, sql, eye, now, where, signal }: Telling,
): Promise<void> {
  const columns = csvColumns.filter((name) => isShown(name, eye))
  const lineOf = (row: SeenRow) => {
    const ticket = publicTicket(row, eye, now)
    return csvLine(columns.map((name) => ticket[name as keyof PublicTicket] ?? null))
  }
  return inSnapshot(
    sql,
    async (snapshot) => {
      await write(out, csvLine(columns), signal)
      for (const part of partsOf(question)) {
        const query = selectTickets(db, { ...part, where: [where, ...part.where] }).compile()
        const rows = snapshot.unsafe(query.sql, query.parameters as never[]).cursor(ROWS)
        for await (const page of rows) {
          await write(out, page.map((row) => lineOf(seenRow(row))).join(''), signal)
        }
      }
    },
    signal,
  )
}

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
