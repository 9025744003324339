import { earliest, latest } from '#shared/events.ts'
import { HttpError } from '../http/errors.ts'

/**
 * From when a policy holds, in milliseconds: a local date (`2026-01-01`) in its time zone, an instant
 * with an offset, or `beginning` (-Infinity). Throws a 400.
 */
export function readFrom(text: string, timeZone: string): number {
  if (text === 'beginning') return -Infinity
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? startOf(text, timeZone) : instantOf(text)
  if (at !== undefined && at >= earliest && at < latest) return at
  throw new HttpError(
    400,
    `${text} is no date: from is like 2026-01-01, 2026-01-01T12:00:00+08:00, or beginning.`,
    { path: 'from' },
  )
}

function startOf(date: string, timeZone: string): number | undefined {
  try {
    return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds
  } catch {
    return undefined
  }
}

function instantOf(text: string): number | undefined {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}
