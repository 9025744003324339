import { defaultPolicy, type Policy } from '#shared/policy.ts'
import type { KeptPolicy } from './queries.ts'
import { differing } from './set.ts'
import { timelineOf } from './timeline.ts'

/** `2026-01-01T00:00-05:00`, as the clocks of the city show it. */
export function localTime(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone, smallestUnit: 'minute' })
}

/** Which tickets a version decides about, as a sentence. */
export function scopeOf(
  { version, policy, holdsFrom }: KeptPolicy,
  versions: readonly KeptPolicy[],
) {
  if (!timelineOf(versions).some((span) => span.version === version)) {
    return 'It decides nothing about a ticket otherwise than before.'
  }
  if (holdsFrom === null) return 'It decides about every ticket.'
  return `It decides about tickets received from ${localTime(holdsFrom, policy.timeZone)} on.`
}

/** What a deadline does when no holidays are known; undefined for a policy without a working calendar. */
export function holidayNote({ workingCalendar }: Policy): string | undefined {
  if (!workingCalendar) return undefined
  const last = workingCalendar.holidays.toSorted().at(-1)
  if (last === undefined) return 'It knows no holidays: working time is counted by the week alone.'
  return `It knows holidays until ${last}: after that, working time is counted by the week alone.`
}

/** The columns of `policy -- history`, the newest version first. */
export function historyLines(versions: readonly KeptPolicy[]): string[][] {
  const { timeZone } = versions.at(-1)?.policy ?? defaultPolicy
  const lines = versions.map((one, place) => [
    String(one.version),
    one.holdsFrom === null ? 'the beginning' : localTime(one.holdsFrom, timeZone),
    localTime(one.setAt, timeZone),
    one.setBy,
    one.rewrittenAt === null ? 'not finished' : localTime(one.rewrittenAt, timeZone),
    differing(versions[place - 1]?.policy ?? defaultPolicy, one.policy).join(', ') || 'its date',
  ])
  return [
    ['VERSION', 'HOLDS FROM', 'SET', 'BY', 'TICKETS REWRITTEN', 'CHANGED'],
    ...lines.reverse(),
  ]
}
