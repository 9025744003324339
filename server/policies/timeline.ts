import { isDeepStrictEqual } from 'node:util'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import type { KeptPolicy, PolicyVersion } from './queries.ts'

/** A version decides about tickets received from `from` on, until the next span begins. */
export interface Span extends PolicyVersion {
  from: number
}

/**
 * Which version decides about a ticket received when: of those that hold by then the highest. In
 * order of time; the first span is from the beginning. A version that decides nothing otherwise, because it
 * opens a dimension, say, has no span: no ticket is rewritten for it.
 */
export function timelineOf(versions: readonly Dated[]): Span[] {
  let spans: Span[] = [{ from: -Infinity, version: 0, policy: defaultPolicy }]
  for (const version of versions) spans = withVersion(spans, version)
  return spans
}

type Dated = Pick<KeptPolicy, 'version' | 'policy' | 'holdsFrom'>

/** The timeline after a further version, or the same one when it decides nothing otherwise. */
export function withVersion(spans: Span[], { version, policy, holdsFrom }: Dated): Span[] {
  const from = holdsFrom ?? -Infinity
  const affected = spans.filter((_, place) => (spans[place + 1]?.from ?? Infinity) > from)
  if (affected.every((span) => decidesAlike(span.policy, policy))) return spans
  return [...spans.filter((span) => span.from < from), { from, version, policy }]
}

function decidesAlike(one: Policy, other: Policy): boolean {
  return isDeepStrictEqual(decidingPart(one), decidingPart(other))
}

function decidingPart({
  respondWithin,
  dueWithin,
  satisfiedFrom,
  workingCalendar,
  ...rest
}: Policy) {
  const working = workingCalendar ? { ...workingCalendar, timeZone: rest.timeZone } : null
  return { respondWithin, dueWithin, satisfiedFrom, working }
}
