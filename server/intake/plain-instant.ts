import { earliest, latest } from '#shared/events.ts'
import { MINUTE } from '#shared/time.ts'

/*
 * ISO 8601 as nearly all programs write it, read digit by digit, which costs a third of a pattern and
 * `Date.parse`. Whatever is written otherwise is left to them.
 */

const [DASH, DOT, COLON, PLUS, T, Z] = [0x2d, 0x2e, 0x3a, 0x2b, 0x54, 0x5a]

/** `2026-11-22T08:30:00Z`, `….000Z`, `…+08:00` or `….000+08:00`, in milliseconds; undefined for all else. */
export function plainInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length < 20) return undefined
  const hasFraction = value.charCodeAt(19) === DOT
  const fraction = hasFraction ? digits(value, 20, 3) : 0
  const wall = dateOf(value) + timeOf(value) + fraction
  return withinYears(wall - offsetOf(value, hasFraction ? 23 : 19))
}

/** An instant that an event may tell; undefined for all else. */
export function withinYears(at: unknown): number | undefined {
  const isWithin = Number.isSafeInteger(at) && (at as number) >= earliest && (at as number) < latest
  return isWithin ? (at as number) : undefined
}

/** Midnight of a date that exists, else NaN. */
function dateOf(text: string): number {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)]
  const isDate = text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH && year >= 1000
  if (!isDate || !(month >= 1 && month <= 12) || !(day >= 1)) return NaN
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return NaN
  return Date.UTC(year, month - 1, day)
}

/** From `T` to the seconds, in milliseconds, else NaN. */
function timeOf(text: string): number {
  const isTime = text.charCodeAt(10) === T && text.charCodeAt(16) === COLON
  const seconds = digits(text, 17, 2)
  return isTime && seconds < 60 ? clockOf(text, 11) + seconds * 1000 : NaN
}

/** What ends a time, in milliseconds ahead of UTC, else NaN. */
function offsetOf(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === Z) return text.length === at + 1 ? 0 : NaN
  if (text.length !== at + 6) return NaN
  if (sign === PLUS) return clockOf(text, at + 1)
  return sign === DASH ? -clockOf(text, at + 1) : NaN
}

/** `HH:mm` in milliseconds, else NaN. */
function clockOf(text: string, at: number): number {
  const [hours, minutes] = [digits(text, at, 2), digits(text, at + 3, 2)]
  const isClock = text.charCodeAt(at + 2) === COLON && hours < 24 && minutes < 60
  return isClock ? (hours * 60 + minutes) * MINUTE : NaN
}

function digits(text: string, from: number, count: number): number {
  let number = 0
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (!(digit >= 0 && digit <= 9)) return NaN
    number = number * 10 + digit
  }
  return number
}
