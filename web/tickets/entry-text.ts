import type { Dimension, Precision, Status } from '#shared/ticket.ts'
import { dimensions, statuses } from '#shared/ticket.ts'
import type { TicketHappening, TimelineEntry } from '#shared/tickets.ts'
import { number } from '../i18n/format.ts'
import { type Key, t } from '../i18n/t.ts'
import { reasonWord } from '../i18n/reason-word.ts'
import type { Times } from '../i18n/times.ts'
import { instantText } from './instant-text.ts'
import type { NameOf } from './names.ts'
import { statusText } from './standing.ts'

export interface Reading {
  times: Times
  now: number
  precision: Precision
  nameOf: NameOf
}

export const kindText = (kind: TicketHappening): string => t(`ticketPage.kind.${kind}` as Key)

const instants = new Set([
  'receivedAt',
  'respondBy',
  'respondedAt',
  'dueAt',
  'closedAt',
  'reopenings',
])

/** What changed from what to what, in names; undefined where nothing is told but that it happened. */
export function changeText(entry: TimelineEntry, reading: Reading): string | undefined {
  const { field, closeReason } = entry
  if (field === undefined) return closeReason ? reasonWord(closeReason) : undefined
  return t('ticketPage.change', {
    field: t(`ticketPage.field.${field}` as Key),
    from: valueText(field, entry.from, reading),
    to: valueText(field, entry.to, reading),
  })
}

/** What stands in a field, in names. */
export function valueText(
  field: string,
  value: string | number | null | undefined,
  { nameOf, ...reading }: Reading,
): string {
  if (value === null || value === undefined) return t('ticketPage.nothing')
  if (instants.has(field)) return instantText(new Date(value).getTime(), reading)
  if (typeof value === 'number') return number(value)
  if (isOneOf(dimensions, field)) return nameOf(field as Dimension, value)
  if (field === 'status' && isOneOf(statuses, value)) return statusText(value as Status)
  if (field === 'precision') return t(`ticketPage.precision.${value}` as Key)
  return field === 'closeReason' ? reasonWord(value) : value
}

const isOneOf = (list: readonly string[], value: string): boolean => list.includes(value)
