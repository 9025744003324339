import { eventOf, type EventJson, jsonOf } from '../import/event-of.ts'
import { openCsv } from '../import/csv-rows.ts'
import type { Mapping } from '../import/mapping.ts'
import { rowReader } from '../import/row-reader.ts'
import { eventOrReason } from '../import/row-error.ts'
import { lifeOf, type Step } from './life.ts'

export interface Tickets {
  tickets: EventJson[]
  /** Rows that no ticket could be read from. */
  unreadable: number
}

export async function readTickets(files: readonly string[], mapping: Mapping): Promise<Tickets> {
  const tickets: EventJson[] = []
  let unreadable = 0
  for (const name of files) {
    const csv = await openCsv(name, mapping)
    const readRow = rowReader(mapping, csv)
    for await (const piece of csv.rows) {
      for (const { cells } of piece) {
        const read = eventOrReason(() => eventOf(readRow(cells), mapping))
        if (typeof read === 'string' || read.ticket.receivedAt === null) unreadable++
        else tickets.push(jsonOf(read.ticket))
      }
    }
  }
  return { tickets, unreadable }
}

export interface Span {
  /** What happened before it is told at once, in its last state. */
  from: number | undefined
  /** What happens from then on is left out. */
  until: number | undefined
}

/** Every step of every life, in order of time. */
export function historyOf(tickets: readonly EventJson[], span: Span): Step[] {
  const { from = -Infinity, until = Infinity } = span
  const steps = tickets.flatMap((ticket) => {
    const life = lifeOf(ticket).filter(({ at }) => at < until)
    const begun = life.findLastIndex(({ at }) => at < from)
    return life.slice(Math.max(0, begun))
  })
  return steps.sort((a, b) => a.at - b.at)
}
