import type { TicketDetail } from '#shared/tickets.ts'
import { ask, finalRefusal } from './ask.ts'
import type { HeardTickets } from './heard-tickets.ts'
import { type Row, rowOf } from './row.ts'
import type { TicketRows } from './ticket-rows.ts'
import type { Span } from './windowing.ts'

/** Tickets read again in one look. */
const AGAIN = 8

interface Options {
  drawn: Span
  heard: HeardTickets
  signal: AbortSignal
  /** Called after each. */
  tell: () => void
}

/** Reads tickets that are drawn and may have changed since they were read. */
export async function readAgain(rows: TicketRows, options: Options): Promise<void> {
  const { from, to } = options.drawn
  const drawn = Array.from({ length: to - from }, (_, i) => rows.at(from + i))
  const due = drawn.filter((row) => row && options.heard.mayHaveChanged(row))
  for (const row of due.slice(0, AGAIN)) await readTicket(row!, rows, options)
}

/** A ticket that is no longer to be seen stays as it was. */
async function readTicket(row: Row, rows: TicketRows, { heard, signal, tell }: Options) {
  const { turn } = heard
  heard.read(row.key)
  try {
    const { ticket } = await ask<TicketDetail>(row.key, signal)
    rows.replace(rowOf(ticket, turn))
  } catch (error) {
    if (!finalRefusal(error)) heard.doubt(row.key)
    rows.replace({ ...row, turn })
  }
  tell()
}
