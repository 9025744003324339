import type { Role } from '#shared/oversight/act.ts'
import type { Correctable } from '#shared/oversight/correction.ts'
import type { PublicTicket, TicketDetail, ToldReopening } from '#shared/tickets.ts'
import { instantOf, localTime } from '../i18n/local-time.ts'
import { reopeningsTold, reopeningsWritten, type WrittenReopening } from './reopenings.ts'

const offered = [
  'status',
  'respondedAt',
  'closedAt',
  'closeReason',
  'agency',
  'category',
  'area',
  'channel',
  'language',
] as const satisfies readonly Correctable[]
export type FieldName = (typeof offered)[number]

/** What somebody wrote, by field; a field that is not there stands as it is. */
export type Stated = Partial<Record<FieldName, string>> & {
  reopenings?: readonly WrittenReopening[]
}

/** As it stands, with all that may be corrected of it. */
export type Ticket = Omit<PublicTicket, 'reopenings'> & { reopenings: readonly ToldReopening[] }

export const ticketIn = ({ ticket, reopenings }: TicketDetail): Ticket => ({
  ...ticket,
  reopenings,
})

export const isInstant = (name: FieldName): boolean => name === 'respondedAt' || name === 'closedAt'

/** Of what the city has opened. The secretariat alone moves a ticket to another agency. */
export const fieldsOf = (ticket: Ticket, roles: readonly Role[]): FieldName[] =>
  offered.filter(
    (name) => ticket[name] !== undefined && (name !== 'agency' || roles.includes('secretariat')),
  )

/** As errors name them. */
export const errorNames: readonly string[] = [...offered, 'reopenings'].map((name) => `to.${name}`)

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
  const changed = offered.filter((name) => {
    return stated[name] !== undefined && stated[name] !== writtenOf(ticket, name, zone)
  })
  const from: Record<string, unknown> = {}
  const to: Record<string, unknown> = {}
  for (const name of changed) {
    from[name] = ticket[name]
    to[name] = toldOf(name, stated[name]!, zone)
  }
  if (areReopeningsChanged(ticket, stated, zone)) {
    from.reopenings = ticket.reopenings
    to.reopenings = reopeningsTold(stated.reopenings!, { stand: ticket.reopenings, zone })
  }
  return Object.keys(to).length === 0 ? undefined : { from, to }
}

export function areReopeningsChanged(ticket: Ticket, { reopenings }: Stated, zone: string) {
  const stand = reopeningsWritten(ticket.reopenings, zone)
  return reopenings !== undefined && JSON.stringify(reopenings) !== JSON.stringify(stand)
}

function toldOf(name: FieldName, written: string, zone: string): string | null {
  if (isInstant(name))
    return written === '' ? null : new Date(instantOf(written, zone)).toISOString()
  return name === 'closeReason' ? written.trim() || null : written
}
