import type { Policy } from '#shared/policy.ts'
import { HOUR } from '#shared/time.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import type { Decision, TicketRow } from '../tickets/row.ts'
import { type Span, timelineOf } from './timeline.ts'
import type { KeptPolicy } from './queries.ts'

/** All that a decision depends on besides policies; it is stored, so that it can be made again. */
export interface Undecided extends Pick<
  TicketRow,
  'receivedAt' | 'statedDueAt' | 'surveySatisfaction'
> {
  /** The category's own spelling, aliases followed and merges not; null when not stated. */
  category: string | null
}

export type Decide = (ticket: Undecided) => Decision

/** Decides by the version that holds when the ticket is received, whenever that is asked. */
export function decideBy(versions: readonly KeptPolicy[]): Decide {
  const spans = timelineOf(versions)
    .map((span) => ({ from: span.from, decide: decideIn(span) }))
    .reverse()
  return (ticket) => spans.find(({ from }) => from <= ticket.receivedAt)!.decide(ticket)
}

function decideIn({ version, policy }: Span): Decide {
  const respondWithin = hoursOf(policy.respondWithin)
  const dueWithin = hoursOf(policy.dueWithin)

  return ({ receivedAt, statedDueAt, category, surveySatisfaction: rating }) => ({
    respondBy: later(receivedAt, respondWithin(category)),
    dueAt: statedDueAt ?? later(receivedAt, dueWithin(category)),
    satisfied: rating === null ? null : rating >= policy.satisfiedFrom,
    policyVersion: version,
  })
}

type Hours = (category: string | null) => number | null

function hoursOf(target: Policy['respondWithin']): Hours {
  const named = Object.entries(target.byCategory)
  if (named.length === 0) return () => target.default
  const byCategory = new Map(named.map(([code, hours]) => [spellingOf(code), hours]))
  return (category) => {
    const hours = category === null ? undefined : byCategory.get(category)
    return hours === undefined ? target.default : hours
  }
}

function later(at: number, hours: number | null): number | null {
  return hours === null ? null : at + hours * HOUR
}
