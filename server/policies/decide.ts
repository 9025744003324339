import type { TicketEvent } from '#shared/events.ts'
import type { Policy } from '#shared/policy.ts'
import { HOUR } from '#shared/time.ts'
import { spellingOf } from '../dimensions/spelling.ts'

/** What a policy decides about a ticket; stored in its columns, so that counting needs the row alone. */
export interface Decision {
  respondBy: number | null
  /** What the source stated, else what the policy says. */
  dueAt: number | null
  satisfied: boolean | null
}

export type Decide = (event: TicketEvent) => Decision

export function decideBy(policy: Policy): Decide {
  const respondWithin = hoursOf(policy.respondWithin)
  const dueWithin = hoursOf(policy.dueWithin)

  return (event) => {
    const rating = event.survey?.satisfaction ?? null
    return {
      respondBy: later(event.receivedAt, respondWithin(event.category)),
      dueAt: event.dueAt ?? later(event.receivedAt, dueWithin(event.category)),
      satisfied: rating === null ? null : rating >= policy.satisfiedFrom,
    }
  }
}

type Hours = (category: string | null) => number | null

function hoursOf(target: Policy['respondWithin']): Hours {
  const named = Object.entries(target.byCategory)
  if (named.length === 0) return () => target.default
  const byCategory = new Map(named.map(([code, hours]) => [spellingOf(code), hours]))
  return (category) => {
    const hours = category === null ? undefined : byCategory.get(spellingOf(category))
    return hours === undefined ? target.default : hours
  }
}

function later(at: number, hours: number | null): number | null {
  return hours === null ? null : at + hours * HOUR
}
