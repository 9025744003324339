import { contradictions, isStorable, longest, type TicketEvent } from '#shared/events.ts'
import { precisions, statuses } from '#shared/ticket.ts'

/*
 * A short way through the contract. What an event is says `TicketEvent` and nothing else: this takes
 * only what is plainly one, makes the same of it, and leaves all else to the schema, which finds the
 * words for what is wrong. plain-event.test.ts holds the two together.
 */

/** An instant in milliseconds; undefined when it is not plainly one. */
export type ReadInstant = (value: unknown) => number | undefined

/** What is read of a field: undefined when it is not plainly what it should be. */
type Plain<T> = { [Key in keyof T]: T[Key] | undefined }
type Said = Record<string, unknown>

const eventKeys = new Set<string>([
  ...['type', 'id', 'version', 'receivedAt', 'agency', 'area', 'category', 'channel', 'language'],
  ...['status', 'precision', 'respondedAt', 'dueAt', 'closedAt', 'closeReason', 'reopenings'],
  ...['survey', 'location', 'summary', 'duplicateOf', 'transfers'],
])
const surveyKeys = new Set(['at', 'resolved', 'satisfaction'])
const locationKeys = new Set(['lat', 'lon'])

/** The event that a JSON value plainly is, times read by `instant`; undefined leaves it to the schema. */
export function plainEvent(value: unknown, instant: ReadInstant): TicketEvent | undefined {
  if (!holdsOnly(value, eventKeys) || value.type !== 'ticket') return undefined
  const event: Plain<TicketEvent> = {
    type: 'ticket',
    id: value.id === '' ? undefined : text(value.id, longest.id),
    version: whole(value.version, Number.MAX_SAFE_INTEGER),
    receivedAt: instant(value.receivedAt),
    agency: optionalCode(value.agency),
    area: optionalCode(value.area),
    category: optionalCode(value.category),
    channel: optionalCode(value.channel),
    language: optionalCode(value.language),
    status: statuses.find((status) => status === value.status),
    precision: precisionOf(value.precision),
    respondedAt: optionalInstant(value.respondedAt, instant),
    dueAt: optionalInstant(value.dueAt, instant),
    closedAt: optionalInstant(value.closedAt, instant),
    closeReason: optionalCode(value.closeReason),
    reopenings: value.reopenings == null ? null : undefined,
    survey: surveyOf(value.survey, instant),
    location: locationOf(value.location),
    summary: value.summary == null ? null : text(value.summary, longest.summary),
    duplicateOf: value.duplicateOf == null ? null : text(value.duplicateOf, longest.id),
    transfers: value.transfers === undefined ? 0 : whole(value.transfers, 1000),
  }
  return isWhole(event) && contradictions(event).next().done ? event : undefined
}

function isWhole<T extends object>(read: Plain<T>): read is Plain<T> & T {
  for (const key in read) if (read[key] === undefined) return false
  return true
}

function holdsOnly(value: unknown, keys: ReadonlySet<string>): value is Said {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const key in value) if (!keys.has(key)) return false
  return true
}

function text(value: unknown, most: number): string | undefined {
  const isText = typeof value === 'string' && value.length <= most && isStorable(value)
  return isText ? value : undefined
}

function optionalCode(value: unknown): string | null | undefined {
  return value == null ? null : text(value, longest.code)?.trim()
}

function optionalInstant(value: unknown, instant: ReadInstant): number | null | undefined {
  return value == null ? null : instant(value)
}

function whole(value: unknown, most: number, least = 0): number | undefined {
  const isWhole = Number.isSafeInteger(value) && (value as number) >= least
  return isWhole && (value as number) <= most ? (value as number) : undefined
}

function precisionOf(value: unknown): TicketEvent['precision'] | undefined {
  return value === undefined ? 'instant' : precisions.find((precision) => precision === value)
}

function surveyOf(value: unknown, instant: ReadInstant): TicketEvent['survey'] | undefined {
  if (value == null) return null
  if (!holdsOnly(value, surveyKeys)) return undefined
  const { at, resolved, satisfaction } = value
  const survey: Plain<NonNullable<TicketEvent['survey']>> = {
    at: instant(at),
    resolved: resolved == null ? null : typeof resolved === 'boolean' ? resolved : undefined,
    satisfaction: satisfaction == null ? null : whole(satisfaction, 5, 1),
  }
  return isWhole(survey) ? survey : undefined
}

function locationOf(value: unknown): TicketEvent['location'] | undefined {
  if (value == null) return null
  if (!holdsOnly(value, locationKeys)) return undefined
  const { lat, lon } = value
  return isWithin(lat, 90) && isWithin(lon, 180) ? { lat, lon } : undefined
}

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && value >= -most && value <= most
}
