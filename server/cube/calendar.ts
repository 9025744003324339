import { MINUTE, minuteOf } from '#shared/time.ts'
import type { TimeBreakdown } from '#shared/view.ts'

/** Which local minute, hour or day a UTC minute lies in, daylight saving and half-hour zones included. */
export interface Calendar {
  readonly timeZone: string
  /** The UTC minute in which the local minute, hour or day around `minute` begins. */
  binOf(unit: TimeBreakdown, minute: number): number
  /** Where the next one begins. */
  nextBin(unit: TimeBreakdown, bin: number): number
  /** The UTC minute in which a local date (`2011-07-01`) begins. */
  startOf(date: string): number
}

/** A stretch of UTC minutes with one offset from UTC. */
interface Stretch {
  from: number
  to: number
  offset: number
}

const HOUR = 60
const DAY = 24 * HOUR
const LATER = 27 * HOUR

export function calendarOf(timeZone: string): Calendar {
  let stretch: Stretch = { from: 0, to: 0, offset: 0 }
  const dayStarts = new Map<number, number>()

  function offsetAt(minute: number): number {
    if (minute < stretch.from || minute >= stretch.to) stretch = stretchAround(timeZone, minute)
    return stretch.offset
  }

  function startOfDay(minute: number): number {
    const day = Math.floor((minute + offsetAt(minute)) / DAY)
    const known = dayStarts.get(day)
    if (known !== undefined) return known
    const start = minuteOf(zoned(timeZone, minute).startOfDay().epochMilliseconds)
    dayStarts.set(day, start)
    return start
  }

  function binOf(unit: TimeBreakdown, minute: number): number {
    if (unit === 'minute') return minute
    if (unit === 'day') return startOfDay(minute)
    const offset = offsetAt(minute)
    const start = minute - modulo(minute + offset, HOUR)
    // A shift inside an hour cuts it: the hour begins where the shift left off.
    return Math.max(start, stretch.from)
  }

  return {
    timeZone,
    binOf,
    nextBin(unit, bin) {
      if (unit === 'minute') return bin + 1
      if (unit === 'hour')
        return offsetAt(bin) === offsetAt(bin + HOUR) ? binOf('hour', bin + HOUR) : nextHour(bin)
      // Days last from 23 to 25 hours: two hours past the longest, the next one runs.
      return startOfDay(bin + LATER)
    },
    startOf: (date) =>
      minuteOf(
        Temporal.PlainDate.from(date).toZonedDateTime({ timeZone }).startOfDay().epochMilliseconds,
      ),
  }

  /** The hour after one that a change of offset may have cut or moved. */
  function nextHour(bin: number): number {
    let minute = bin + 1
    while (binOf('hour', minute) === bin) minute++
    return minute
  }
}

function stretchAround(timeZone: string, minute: number): Stretch {
  const at = zoned(timeZone, minute)
  const before = at.add({ minutes: 1 }).getTimeZoneTransition('previous')
  const after = at.getTimeZoneTransition('next')
  return {
    from: before ? minuteOf(before.epochMilliseconds) : -Infinity,
    to: after ? minuteOf(after.epochMilliseconds) : Infinity,
    offset: Math.round(at.offsetNanoseconds / 60e9),
  }
}

function zoned(timeZone: string, minute: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(minute * MINUTE).toZonedDateTimeISO(timeZone)
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by
