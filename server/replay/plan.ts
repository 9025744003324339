import type { EventJson } from '../import/event-of.ts'
import { InputError } from '../import/input-error.ts'
import type { Mapping } from '../import/mapping.ts'
import { readTime } from '../import/read-time.ts'
import { historyOf, type Span } from './history.ts'
import { shiftTicket, type Step } from './life.ts'

export interface Plan {
  /** In order of time, at least one. */
  steps: Step[]
  /** The moment that is played first. */
  startAt: number
}

/** Plays what happened in `span`, at the times at which it did. */
export function planAsItWas(tickets: readonly EventJson[], span: Span): Plan {
  const steps = historyOf(tickets, span)
  return { steps, startAt: span.from ?? refuseNone(steps)[0]!.at }
}

/**
 * Moves the history so that `span.from`, or else the receipt of the last ticket, is `now`: it ends in
 * the present, and what was still to happen then happens live.
 */
export function planUpToNow(tickets: readonly EventJson[], span: Span, now: number): Plan {
  const by = now - (span.from ?? lastReceipt(tickets))
  const moved = tickets.map((ticket) => shiftTicket(ticket, by))
  const until = span.until === undefined ? undefined : span.until + by
  return { steps: refuseNone(historyOf(moved, { from: now, until })), startAt: now }
}

function lastReceipt(tickets: readonly EventJson[]): number {
  return tickets.reduce((last, { receivedAt }) => Math.max(last, Date.parse(receivedAt!)), 0)
}

function refuseNone(steps: Step[]): Step[] {
  if (steps.length === 0) throw new InputError('There is nothing to play.')
  return steps
}

/** `from` and `until` as they were typed: ISO times, local to the mapping. */
export function readSpan(
  { from, until }: { from: string | undefined; until: string | undefined },
  mapping: Mapping,
): Span {
  const read = readTime({ ...mapping, timeFormats: ['iso'], offsets: 'trust' })
  const time = (text: string | undefined) => {
    if (text === undefined) return undefined
    const at = read(text)?.at
    if (at === undefined) throw new InputError(`${text} is not a time such as 2011-08-28T06:00.`)
    return at
  }
  return { from: time(from), until: time(until) }
}
