import { isExcluded } from '#shared/ticket.ts'
import type { Mapping } from './mapping.ts'
import type { Remark } from './remarks.ts'
import type { Row } from './row-reader.ts'
import { settleStatus } from './settle-status.ts'

const MAX_SUMMARY = 2000

export interface RowEvent {
  ticket: RowTicket
  remarks: readonly Remark[]
}

/** What a row says, in the words of the intake contract, which has the last word on it; times in milliseconds. */
export type RowTicket = ReturnType<typeof ticketOf>

/** The same as a source would have sent it. */
export type EventJson = ReturnType<typeof jsonOf>

export function eventOf(row: Row, mapping: Mapping): RowEvent {
  const { stated, at } = row
  const believe = mapping.disagreement
  const settled = settleStatus({ stated, closedAt: at.closedAt, believe })
  const place = locate(row.text, mapping.nowhere)
  const remarks: Remark[] = [...row.remarks]
  if (settled.remark) remarks.push(settled.remark)
  if (settled.closedAt !== null && settled.closedAt < at.receivedAt!) remarks.push('closedFirst')
  if (isExcluded(settled)) remarks.push('excluded')
  if (place === 'nowhere') remarks.push('nowhere')
  const location = place === 'nowhere' ? null : place
  return { ticket: ticketOf(row, { ...settled, location, precision: mapping.precision }), remarks }
}

type Decided = Pick<ReturnType<typeof settleStatus>, 'status' | 'closedAt'> & {
  location: Location | null
  precision: Mapping['precision']
}

function ticketOf({ at, text }: Row, { status, closedAt, location, precision }: Decided) {
  return {
    type: 'ticket' as const,
    id: text.id,
    version: text.version === '' ? newest(at) : Number(text.version),
    receivedAt: at.receivedAt,
    agency: orNull(text.agency),
    area: orNull(text.area),
    category: orNull(text.category),
    channel: orNull(text.channel),
    language: orNull(text.language),
    status,
    precision,
    respondedAt: at.respondedAt,
    dueAt: at.dueAt,
    closedAt,
    closeReason: status === 'open' ? null : orNull(text.closeReason),
    survey: surveyOf(at.surveyAt, text),
    location,
    summary: orNull(text.summary.slice(0, MAX_SUMMARY)),
    duplicateOf: orNull(text.duplicateOf),
    transfers: Number(text.transfers),
  }
}

export function jsonOf(ticket: RowTicket) {
  const { survey } = ticket
  return {
    ...ticket,
    receivedAt: iso(ticket.receivedAt),
    respondedAt: iso(ticket.respondedAt),
    dueAt: iso(ticket.dueAt),
    closedAt: iso(ticket.closedAt),
    survey: survey && { ...survey, at: iso(survey.at) },
  }
}

/** When the row last changed, as far as it tells. A due date lies ahead, so it does not tell. */
function newest({ dueAt: _, ...at }: Row['at']): number {
  return Math.max(0, ...Object.values(at).filter((time) => time !== null))
}

interface Location {
  lat: number
  lon: number
}

function locate(
  { lat, lon }: Row['text'],
  nowhere: Mapping['nowhere'],
): Location | null | 'nowhere' {
  if (lat === '' || lon === '') return null
  const location = { lat: Number(lat), lon: Number(lon) }
  const isSentinel = nowhere.some(([y, x]) => y === location.lat && x === location.lon)
  return isSentinel ? 'nowhere' : location
}

const answers: Record<string, boolean> = { yes: true, true: true, no: false, false: false }

function surveyOf(at: number | null, { surveyResolved, surveySatisfaction }: Row['text']) {
  if (at === null) return null
  return {
    at,
    resolved: answers[surveyResolved.toLowerCase()] ?? null,
    satisfaction: surveySatisfaction === '' ? null : Number(surveySatisfaction),
  }
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
const orNull = (text: string) => (text === '' ? null : text)
