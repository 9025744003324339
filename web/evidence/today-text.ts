import type {
  AnsweringEvidence,
  Evidence,
  NumberEvidence,
  TicketNow,
  Told,
  Today,
} from '#shared/oversight/evidence.ts'
import { number, signed, signedDuration, signedPoints, signedWholePoints } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { standingOf, ticketChanges } from './ticket-text.ts'
import { fieldText, headField, unitOf } from './worded.ts'

/** What is said beside frozen evidence: today's number, and how it differs. */
export interface TodayText {
  id: 'same' | 'rolled'
  /** Which window is asked. */
  term: string
  value: string
  /** Undefined where there is nothing to compare, as with another window. */
  difference?: string
  age: string
}

/** The very window that was frozen first; then the window as it lies now. */
export function todayTexts(evidence: Evidence, today: Today, times: Times): TodayText[] {
  const term = t(hasWindow(evidence) ? 'evidence.today.same' : 'evidence.today')
  const same = { id: 'same' as const, term, ...textOfTold(evidence, today.same, times) }
  const rolled = 'rolled' in today ? today.rolled : undefined
  if (!rolled) return [same]
  // Another window is another number: there is no difference to tell.
  const { value, age } = textOfTold(evidence, rolled, times)
  return [same, { id: 'rolled', term: t('evidence.today.rolled'), value, age }]
}

/** All of the time, and a ticket, lie in no window; a consultation and a poll always in their own. */
const hasWindow = (evidence: Evidence): boolean =>
  (evidence.kind === 'number' || evidence.kind === 'group') && evidence.window !== null

type Telling = Omit<TodayText, 'id' | 'term'>

function textOfTold(evidence: Evidence, told: Told<object>, times: Times): Telling {
  if (!('asOf' in told)) return { value: t(`evidence.today.${told.state}`), age: '' }
  const age = t('evidence.asOf', { at: times.moment(Date.parse(told.asOf)) })
  if (told.state === 'none') return { value: t('evidence.today.none'), age }
  return { ...compared(evidence, told as never, times), age }
}

type Compared = Omit<Telling, 'age'>

function compared(evidence: Evidence, now: never, times: Times): Compared {
  if (evidence.kind === 'number' || evidence.kind === 'answering') {
    return comparedNumber(evidence, now)
  }
  if (evidence.kind === 'ticket') {
    const changes = ticketChanges(evidence, now, times)
    const difference = changes.join(t('mark.semicolon')) || t('evidence.same')
    return { value: standingOf((now as TicketNow).ticket), difference }
  }
  if (evidence.kind !== 'group') return comparedOpinions(evidence, now)
  const { tickets } = now as { tickets: number }
  return { value: number(tickets), difference: differenceOf(tickets - evidence.tickets, signed) }
}

type OfOpinions = Exclude<Evidence, { kind: 'number' | 'ticket' | 'group' | 'answering' }>

/** Of a provision and a group of comments their number; of a poll how many answered. */
function comparedOpinions(evidence: OfOpinions, now: never): Compared {
  const [was, is] = [sizeOf(evidence), sizeOf({ ...evidence, ...(now as object) })]
  return { value: sizeText(evidence, is), difference: differenceOf(is - was, signed) }
}

export function sizeOf(evidence: OfOpinions): number {
  if (evidence.kind === 'provision') return evidence.counts.comments
  if (evidence.kind === 'comment-group') return evidence.comments
  return Math.max(0, ...evidence.tallies.map(({ fields }) => fields.n ?? 0))
}

export const sizeText = ({ kind }: OfOpinions, n: number): string =>
  t(kind === 'poll' ? 'evidence.people' : 'evidence.comments', { n })

type Numbered = NumberEvidence | AnsweringEvidence

function comparedNumber(evidence: Numbered, now: Pick<NumberEvidence, 'fields'>): Compared {
  const head = headField(evidence.measure)
  const [was, is] = [evidence.fields[head] ?? null, now.fields[head] ?? null]
  const value = fieldText(now.fields, head, evidence)
  if (was === null && is === null) return { value, difference: t('evidence.same') }
  if (was === null || is === null) return { value }
  return { value, difference: differenceOf(is - was, writerOf(evidence)) }
}

function writerOf(evidence: Numbered): (difference: number) => string {
  const unit = unitOf(evidence.measure)
  if (unit === 'seconds') return signedDuration
  if (unit === 'tickets') return signed
  const isPublished = evidence.kind === 'number' && evidence.basis === 'published'
  return isPublished && unit === 'share' ? signedWholePoints : signedPoints
}

/** What is nothing when it is written is no difference. */
function differenceOf(difference: number, write: (difference: number) => string): string {
  const amount = write(difference)
  if (difference === 0 || amount === write(0)) return t('evidence.same')
  return t(difference > 0 ? 'evidence.more' : 'evidence.less', { amount })
}
