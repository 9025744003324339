import type { Correctable } from '#shared/oversight/correction.ts'
import type { TicketDetail } from '#shared/tickets.ts'
import { instantOf, localTime } from '../i18n/local-time.ts'

/** What a form offers; reopenings and the agency are stated by programs and the secretariat. */
const offered = [
  'status',
  'respondedAt',
  'closedAt',
  'closeReason',
  'category',
  'area',
  'channel',
  'language',
] as const satisfies readonly Correctable[]
export type FieldName = (typeof offered)[number]

/** What somebody wrote, by field; a field that is not there stands as it is. */
export type Stated = Partial<Record<FieldName, string>>

export type Ticket = Pick<TicketDetail, 'ticket'>['ticket']

export const isInstant = (name: FieldName): boolean => name === 'respondedAt' || name === 'closedAt'

/** Of what the city has opened. */
export const fieldsOf = (ticket: Ticket): FieldName[] =>
  offered.filter((name) => ticket[name] !== undefined)

/** As the form writes what stands. */
export function writtenOf(ticket: Ticket, name: FieldName, zone: string): string {
  const value = ticket[name] ?? ''
  return isInstant(name) && value !== '' ? localTime(Date.parse(value), zone) : value
}

/** An open ticket has no close: whoever says that it is open says that too. */
export function statedWith(stated: Stated, name: FieldName, value: string): Stated {
  const next = { ...stated, [name]: value }
  return name === 'status' && value === 'open' ? { ...next, closedAt: '', closeReason: '' } : next
}

/** What is otherwise than it stands, as the server is told it; undefined where nothing is. */
export function correctionOf(ticket: Ticket, stated: Stated, zone: string) {
  const changed = fieldsOf(ticket).filter((name) => {
    return stated[name] !== undefined && stated[name] !== writtenOf(ticket, name, zone)
  })
  if (changed.length === 0) return undefined
  const from = changed.map((name) => [name, ticket[name]] as const)
  const to = changed.map((name) => [name, toldOf(name, stated[name]!, zone)] as const)
  return { from: Object.fromEntries(from), to: Object.fromEntries(to) }
}

function toldOf(name: FieldName, written: string, zone: string): string | null {
  if (isInstant(name))
    return written === '' ? null : new Date(instantOf(written, zone)).toISOString()
  return name === 'closeReason' ? written.trim() || null : written
}
