import type { Status } from '#shared/ticket.ts'
import { stateOf, type TicketState } from '#shared/tickets.ts'
import { durationText } from '../i18n/format.ts'
import { type Key, t } from '../i18n/t.ts'

interface Standing {
  status: Status
  dueAt: number | null
  closedAt: number | null
}

const stateWords = {
  overdue: 'tickets.state.overdue',
  dueSoon: 'tickets.state.dueSoon',
  onTime: 'tickets.state.onTime',
  late: 'tickets.state.late',
} as const satisfies Record<TicketState, Key>

const statusWords = {
  open: 'tickets.status.open',
  closed: 'tickets.status.closed',
  withdrawn: 'tickets.status.withdrawn',
  duplicate: 'tickets.status.duplicate',
  'out-of-jurisdiction': 'tickets.status.outOfJurisdiction',
} as const satisfies Record<Status, Key>

export const statusText = (status: Status): string => t(statusWords[status])
export const stateText = (state: TicketState): string => t(stateWords[state])

/** How a ticket stands, in a word or two; of an open one by the clock `now`. */
export function standingText(ticket: Standing, now: number): string {
  const state = stateOf(ticket, now)
  return state ? stateText(state) : statusText(ticket.status)
}

export const isOverdue = (ticket: Standing, now: number): boolean =>
  stateOf(ticket, now) === 'overdue'

/** The time left to an open ticket, or by how much it is over; empty of any other. */
export function leftText({ status, dueAt }: Standing, now: number): string {
  if (status !== 'open' || dueAt === null) return ''
  const time = durationText(Math.abs(dueAt - now) / 1000)
  return t(dueAt < now ? 'tickets.over' : 'tickets.left', { time })
}
