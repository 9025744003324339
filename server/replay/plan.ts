import type { EventJson } from '../import/event-of.ts'
import { InputError } from '../import/input-error.ts'
import type { Mapping } from '../import/mapping.ts'
import { readTime } from '../import/read-time.ts'
import { historyOf, type Span } from './history.ts'
import { lifeOf, shiftTicket, type Step } from './life.ts'

export interface Plan {
  /** In order of time, at least one. */
  steps: Step[]
  /** The moment that is played first. */
  startAt: number
  /** Changes that happened too late to be played. */
  leftOut: number
}

/**
 * Plays what happened in `span`, at the times at which it did. Without an end it ends with the last
 * receipt: files hold closes that come years after, and what came in meanwhile is not in them.
 */
export function planAsItWas(tickets: readonly EventJson[], span: Span): Plan {
  const until = span.until ?? lastReceipt(tickets) + 1
  const steps = refuseNone(historyOf(tickets, { ...span, until }))
  return { steps, startAt: span.from ?? steps[0]!.at, leftOut: stepsFrom(tickets, until) }
}

function stepsFrom(tickets: readonly EventJson[], until: number): number {
  return tickets.reduce((sum, one) => sum + lifeOf(one).filter(({ at }) => at >= until).length, 0)
}

/**
 * Moves the history so that `span.from`, or else the receipt of the last ticket, is `now`: it ends in
 * the present, and what was still to happen then happens live.
 */
export function planUpToNow(tickets: readonly EventJson[], span: Span, now: number): Plan {
  const by = now - (span.from ?? lastReceipt(tickets))
  const moved = tickets.map((ticket) => shiftTicket(ticket, by))
  const until = span.until === undefined ? undefined : span.until + by
  const steps = refuseNone(historyOf(moved, { from: now, until }))
  return { steps, startAt: now, leftOut: until === undefined ? 0 : stepsFrom(moved, until) }
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
