import { type Dimension, dimensions, type Status } from '#shared/ticket.ts'
import { DAY } from '#shared/time.ts'
import { NONE } from '#shared/view.ts'
import type { StreamEvent } from '#shared/wire.ts'
import { durationText, number } from '../i18n/format.ts'
import type { Key } from '../i18n/languages.ts'
import { reasonWord } from '../i18n/reason-word.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

export interface StreamContext {
  nameOf: (dimension: Dimension, code: string) => string
  times: Times
  /** By the deployment's clock. */
  now: number
}

/** How it happened, and after how long; may be empty. */
export function detailOf(event: StreamEvent, context: StreamContext): string {
  const { after, dueAt } = event
  const past = after === undefined || after < 0 ? undefined : durationText(after)
  const due = typeof dueAt === 'number' ? whenText(dueAt, context) : undefined
  const say = (key: Key, time: string | undefined) => (time === undefined ? [] : [t(key, { time })])
  switch (event.kind) {
    case 'received':
      return parts([...agencyOf(event, context), ...say('stream.due', due)])
    case 'responded':
      return parts([...agencyOf(event, context), ...say('stream.after', past)])
    case 'closed':
      return parts([reasonText(event.closeReason), ...say('stream.after', past)])
    case 'reopened':
      return parts([...say('stream.since', past), ...say('stream.due', due)])
    case 'overdue':
      return parts([...say('stream.fellDue', due), ...say('stream.open', past)])
    case 'excluded':
      return parts([valueText(event, event.to, context), ...say('stream.after', past)])
    case 'overruled':
      return t('stream.overruledBy')
    case 'transferred':
    case 'reclassified':
    case 'corrected':
    case 'redecided':
      return changeText(event, context)
  }
}

const parts = (list: readonly string[]): string => list.join(t('mark.comma'))

/** Who has it, where the first line does not say so. */
function agencyOf({ agency, category }: StreamEvent, { nameOf }: StreamContext): string[] {
  return agency === undefined || agency === NONE || category === undefined
    ? []
    : [nameOf('agency', agency)]
}

function reasonText(reason: string | null | undefined): string {
  if (reason === 'resolved') return t('stream.resolved')
  return reason ? t('stream.reason', { reason: reasonWord(reason) }) : t('stream.noReason')
}

function changeText(event: StreamEvent, context: StreamContext): string {
  const { field, from, to } = event
  if (field === undefined) return ''
  const name = isNamed(field) ? t(`stream.field.${field}`) : field
  const text = (value: typeof from) => valueText(event, value, context)
  return t('stream.change', { field: name, from: text(from), to: text(to) })
}

function valueText(
  { field }: StreamEvent,
  value: string | number | null | undefined,
  { nameOf, times }: StreamContext,
): string {
  if (value === null || value === undefined) return t('none')
  if (dimensions.includes(field as Dimension)) return nameOf(field as Dimension, String(value))
  if (field === 'status') return t(`stream.status.${value as Status}`)
  if (field === 'precision') return t(`stream.precision.${value as 'instant' | 'day'}`)
  if (typeof value === 'string') return value
  return field === 'transfers' ? number(value) : times.moment(value)
}

const fields = [
  ...dimensions,
  ...(['status', 'precision', 'receivedAt', 'respondedAt', 'respondBy', 'dueAt'] as const),
  ...(['closedAt', 'closeReason', 'reopenings', 'transfers'] as const),
] as const
type Field = (typeof fields)[number]

const isNamed = (field: string): field is Field => (fields as readonly string[]).includes(field)

/** 14:37 today, Sat 14:37 within a week, else the day. */
function whenText(at: number, context: StreamContext): string {
  const { times, now } = context
  if (isSameDay(at, context)) return times.minute(at)
  return Math.abs(at - now) < 6 * DAY ? times.weekdayMinute(at) : times.day(at)
}

export const isSameDay = (at: number, { times, now }: StreamContext): boolean =>
  times.isoDate(at) === times.isoDate(now)
