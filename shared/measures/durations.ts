import type { Ticket } from '../ticket.ts'
import { DAY, minuteOf } from '../time.ts'
import { binOf, quantile } from './duration-bins.ts'
import type { Definition, Measure } from './measure.ts'
import type { TicketPart } from './part.ts'

interface Duration {
  code: number
  id: string
  from: (ticket: Ticket) => number
  /** Null while it has not happened; counted when it has. */
  to: (ticket: Ticket) => number | null
}

/**
 * Percentiles of a duration, from summed bins. One that would end before it begins is refused. A
 * source that knows only dates tells nothing shorter than a day.
 */
export function durations({ code, id, from, to }: Duration, definition: Definition): Measure {
  const part: TicketPart = {
    code,
    id,
    kind: 'flow',
    hasBins: true,
    contribute(ticket, add) {
      const end = to(ticket)
      if (end === null || end < from(ticket)) return
      const shortest = ticket.precision === 'day' ? DAY : 0
      add(part, minuteOf(end), 1, binOf(Math.max(shortest, end - from(ticket))))
    },
  }
  return {
    ...definition,
    parts: [part],
    fields: [
      { name: 'p50', unit: 'seconds' },
      { name: 'p90', unit: 'seconds' },
      { name: 'p99', unit: 'seconds' },
      { name: 'n', unit: 'tickets' },
    ],
    formula: 'p50 · p90 · p99 (n)',
    compute(sums) {
      const histogram = sums.histogram(part)
      return [
        quantile(histogram, 0.5),
        quantile(histogram, 0.9),
        quantile(histogram, 0.99),
        sums.sum(part),
      ]
    },
  }
}
