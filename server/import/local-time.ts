import { DAY } from '#shared/time.ts'

/**
 * Turns what a clock on the wall shows into an instant. `wall` is that reading in milliseconds, taken
 * as if it were UTC. A reading that comes twice means the earlier; one that never comes moves forward.
 */
export type LocalTime = (wall: number) => number

/** Asks the zone's rules once a local day: only a day near a change of offset is worked out each time. */
export function localTime(timeZone: string): LocalTime {
  const offsets = new Map<number, number | null>()
  return (wall) => {
    const day = Math.floor(wall / DAY)
    let offset = offsets.get(day)
    if (offset === undefined) offsets.set(day, (offset = steadyOffset(timeZone, day)))
    return offset === null ? workOut(timeZone, wall) : wall - offset
  }
}

/** The one offset of a local day, or null if the offset may change in it. Offsets are under 24 h. */
function steadyOffset(timeZone: string, day: number): number | null {
  const before = Temporal.Instant.fromEpochMilliseconds((day - 1) * DAY).toZonedDateTimeISO(
    timeZone,
  )
  const change = before.getTimeZoneTransition('next')
  const isSteady = change === null || change.epochMilliseconds >= (day + 2) * DAY
  return isSteady ? before.offsetNanoseconds / 1e6 : null
}

function workOut(timeZone: string, wall: number): number {
  const reading = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC')
  return reading.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds
}
