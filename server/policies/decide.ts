import type { Target, TargetByCategory } from '#shared/policy.ts'
import { HOUR } from '#shared/time.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import type { Decision, TicketRow } from '../tickets/row.ts'
import type { KeptPolicy } from './queries.ts'
import { type Span, timelineOf } from './timeline.ts'
import { type WorkingTime, workingTimeOf } from './working-time.ts'

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
  const working = policy.workingCalendar
    ? workingTimeOf(policy.workingCalendar, policy.timeZone)
    : undefined
  const respondBy = deadlines(policy.respondWithin, working)
  const dueAt = deadlines(policy.dueWithin, working)

  return ({ receivedAt, statedDueAt, category, surveySatisfaction: rating }) => ({
    respondBy: respondBy(category)(receivedAt),
    dueAt: statedDueAt ?? dueAt(category)(receivedAt),
    satisfied: rating === null ? null : rating >= policy.satisfiedFrom,
    policyVersion: version,
  })
}

type Deadline = (receivedAt: number) => number | null

function deadlines(targets: TargetByCategory, working: WorkingTime | undefined) {
  const byDefault = deadline(targets.default, working)
  const byCategory = new Map(
    Object.entries(targets.byCategory).map(([code, target]) => [
      spellingOf(code),
      deadline(target, working),
    ]),
  )
  return (category: string | null): Deadline =>
    (category === null ? undefined : byCategory.get(category)) ?? byDefault
}

/** A target in working time comes with a calendar: `Policy` sees to that. */
function deadline(target: Target | null, working: WorkingTime | undefined): Deadline {
  if (target === null) return () => null
  if (typeof target === 'number') return (at) => at + target * HOUR
  if ('workingDays' in target) return (at) => working!.afterDays(at, target.workingDays)
  return (at) => working!.afterTime(at, Math.max(1, Math.round(target.workingHours * HOUR)))
}
