import type { TicketEvidence, TicketNow } from '#shared/oversight/evidence.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import type { PublicTicket } from '#shared/tickets.ts'
import { number } from '../i18n/format.ts'
import { reasonWord } from '../i18n/reason-word.ts'
import { type Key, t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { frozenName, standingWord } from './worded.ts'

export interface TicketLine {
  id: string
  term: string
  text: string
  href?: string
}

export const standingOf = ({ status, state }: PublicTicket): string => standingWord(state ?? status)

/** What was frozen of a ticket, but whose it was and how it stood, which are told above. */
export function ticketLines({ ticket, clocks }: TicketEvidence, times: Times): TicketLine[] {
  const { receivedAt, respondedAt, closedAt, closeReason, reopenings, transfers } = ticket
  const { correction } = ticket
  const at = (instant: string) => instantText(instant, ticket, times)
  const clockLine = (id: 'respond' | 'close', done: string[]) => {
    const { verdict, by } = clocks[id]
    const target = by === null ? [] : [t('evidence.target', { at: at(by) })]
    const text = [t(`evidence.verdict.${verdict}`), ...done, ...target].join(t('mark.comma'))
    return { id, term: t(`evidence.clock.${id}`), text }
  }
  const doneAt = (instant: string | null) =>
    instant === null ? [] : [t('evidence.done', { at: at(instant) })]
  const counted = (id: string, term: string, n: number) => ({
    ...{ id, term },
    text: t('evidence.times', { n }),
  })
  return [
    { id: 'received', term: t('stream.received'), text: at(receivedAt) },
    clockLine('respond', doneAt(respondedAt)),
    clockLine('close', [...doneAt(closedAt), ...(closeReason ? [reasonWord(closeReason)] : [])]),
    counted('reopenings', t('stream.reopened'), reopenings),
    ...(transfers === undefined ? [] : [counted('transfers', t('stream.transferred'), transfers)]),
    ...(correction === undefined ? [] : [correctedLine(correction)]),
  ]
}

const correctedLine = (act: number): TicketLine => ({
  id: 'correction',
  term: t('stream.corrected'),
  text: t('evidence.byAct', { act: String(act) }),
  href: `/ledger?act=${act}`,
})

const compared = [
  ...dimensions,
  ...(['receivedAt', 'precision', 'respondBy', 'respondedAt', 'dueAt', 'closedAt'] as const),
  ...(['closeReason', 'reopenings', 'transfers'] as const),
]
type Field = (typeof compared)[number]

/** What is otherwise with a ticket now, each in words; none: all that the public sees of it is as it was. */
export function ticketChanges(was: TicketEvidence, is: TicketNow, times: Times): string[] {
  const stood = standingOf(was.ticket)
  return [
    ...(stood === standingOf(is.ticket) ? [] : [t('evidence.was', { was: stood })]),
    ...compared
      .filter((field) => isChanged(was.ticket[field], is.ticket[field]))
      .map((field) =>
        changeText(
          t(`stream.field.${field}`),
          fieldText(field, was, times),
          fieldText(field, is, times),
        ),
      ),
    ...answerChange(was.clocks.respond, is.clocks.respond),
    ...correctionChange(was.ticket.correction, is.ticket.correction),
  ]
}

const changeText = (field: string, from: string, to: string): string =>
  t('stream.change', { field, from, to })

/** Of what the city opened or closed since, one side is not known. */
const isChanged = (before: unknown, now: unknown): boolean =>
  before !== undefined && now !== undefined && before !== now

type Clock = TicketEvidence['clocks']['respond']

/** The clock to close stands in the ticket's state; this one stands nowhere else. */
function answerChange({ verdict }: Clock, now: Clock): string[] {
  if (verdict === now.verdict) return []
  const [from, to] = [t(`evidence.verdict.${verdict}`), t(`evidence.verdict.${now.verdict}`)]
  return [changeText(t('evidence.clock.respond'), from, to)]
}

function correctionChange(before: number | undefined, now: number | undefined): string[] {
  if (before === now) return []
  return [now === undefined ? t('stream.overruledBy') : t('evidence.correctedSince')]
}

function fieldText(field: Field, { ticket, members }: TicketNow, times: Times): string {
  const value = ticket[field]
  if (value === null || value === undefined) return t('none')
  if (typeof value === 'number') return number(value)
  if (isDimension(field)) return frozenName({ members }, field, value)
  if (field === 'precision') return t(`stream.precision.${value}` as Key)
  return field === 'closeReason' ? reasonWord(value) : instantText(value, ticket, times)
}

const isDimension = (field: Field): field is Dimension =>
  (dimensions as readonly string[]).includes(field)

/** Only the day, where the source knows no more. */
function instantText(instant: string, { precision }: PublicTicket, times: Times): string {
  const at = Date.parse(instant)
  return precision === 'day' ? times.yearDay(at) : times.moment(at)
}
