import {
  type AnswerMeasureId,
  answerMeasure,
  answerMeasureIds,
} from '#shared/consultations/answer-measures.ts'
import { isPreamble } from '#shared/consultations/provision.ts'
import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure, Unit } from '#shared/measures/measure.ts'
import { worked } from '#shared/measures/worked.ts'
import type {
  Evidence,
  GroupEvidence,
  NumberEvidence,
  TicketEvidence,
} from '#shared/oversight/evidence.ts'
import type { Fields } from '#shared/oversight/frozen.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { isDimension, isTimeBreakdown, NONE, splitKey } from '#shared/view.ts'
import { cellText, points, wholePercent } from '../i18n/format.ts'
import { language } from '../i18n/language.svelte.ts'
import { textOf } from '../i18n/measure-text.ts'
import { nameIn } from '../i18n/name-in.ts'
import { type Key, t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** What a frozen member was called then, in the language of the page now. */
export function frozenName(
  { members }: Pick<Evidence, 'members'>,
  dimension: Dimension,
  code: string,
): string {
  if (code === NONE) return t('member.none')
  const member = members.find((one) => one.dimension === dimension && one.code === code)
  return nameIn(member?.names ?? {}, code)
}

/** Which measure, ticket or list it is about. */
export function titleOf(evidence: Evidence): string {
  if (evidence.kind === 'number') return textOf(measures[evidence.measure]).name
  if (evidence.kind === 'ticket') return t('evidence.ticket', { id: evidence.ticket.id })
  if (evidence.kind === 'group') return t('evidence.group')
  if (evidence.kind === 'provision') return provisionName(evidence)
  if (evidence.kind === 'comment-group') return t('evidence.commentGroup')
  if (evidence.kind === 'answering') return textOf(answerMeasure(evidence.measure)).name
  return evidence.asks ? nameIn(evidence.asks, '') : nameIn(evidence.titles, evidence.poll)
}

function provisionName({ texts, provision }: Extract<Evidence, { kind: 'provision' }>): string {
  if (provision === NONE) return t('evidence.wholeDraft')
  if (isPreamble(provision)) return t('evidence.preamble')
  const [article] = texts[language().code] ?? Object.values(texts)[0] ?? []
  return [article?.label, article?.heading].filter(Boolean).join(' ') || provision
}

type OfOpinions = Exclude<Evidence, NumberEvidence | TicketEvidence | GroupEvidence>

const isOfOpinions = (evidence: Evidence): evidence is OfOpinions =>
  evidence.kind !== 'number' && 'titles' in evidence

/** In which consultation or poll it stands, and whose that is. */
function aboutOpinions(evidence: OfOpinions): string {
  const { titles, members } = evidence
  const draft =
    evidence.kind === 'provision' && evidence.draft !== null
      ? [t('evidence.draft', { n: evidence.draft })]
      : []
  const own = members.map(({ dimension, code }) => frozenName(evidence, dimension, code))
  // A poll that was flagged as a whole is named by the title above.
  const isNamed = evidence.kind === 'poll' && !evidence.asks
  const title = isNamed ? [] : [nameIn(titles, '')]
  return [...title, ...draft, ...own].join(t('mark.comma'))
}

/** A number of one consultation, or of some provisions of its draft, and whose that is. */
function ofConsultation(evidence: NumberEvidence): string {
  const { titles, members, question } = evidence
  const provisions = question.filters?.provision ?? []
  const own = members.map(({ dimension, code }) => frozenName(evidence, dimension, code))
  return [nameIn(titles ?? {}, ''), ...provisions, ...own].join(t('mark.comma'))
}

/** The row and what it is narrowed to, in words; empty for the whole city. */
export function aboutText(evidence: Evidence, times: Times): string {
  if (evidence.kind === 'ticket') {
    return namesIn(evidence, evidence.ticket).join(t('mark.comma'))
  }
  if (isOfOpinions(evidence)) return aboutOpinions(evidence)
  const { question } = evidence
  const filters = evidence.kind === 'number' ? evidence.question.filters : question
  const named = namesIn(evidence, (filters ?? {}) as Partial<Record<Dimension, string | string[]>>)
  const row = evidence.kind === 'number' ? rowText(evidence, times) : groupText(evidence)
  if (evidence.kind === 'number' && evidence.titles) return ofConsultation(evidence)
  return [...row, ...named].join(t('mark.comma')) || t('evidence.all')
}

function namesIn(
  evidence: Evidence,
  codes: Partial<Record<Dimension, string | readonly string[]>>,
): string[] {
  return dimensions.flatMap((dimension) => {
    const told = codes[dimension]
    if (told === undefined) return []
    const names = [told].flat().map((code) => frozenName(evidence, dimension, code as string))
    return [names.join(t('mark.list'))]
  })
}

function rowText(evidence: NumberEvidence, times: Times): string[] {
  const { row, question } = evidence
  const { by, over } = question
  if (row === null || by === undefined) return []
  if (isTimeBreakdown(by)) return [times.moment(Date.parse(row))]
  if (!isDimension(by)) return [row]
  const [code, step] = over === undefined ? [row] : splitKey(row)
  const at = step === undefined ? [] : [times.moment(Date.parse(step))]
  return [frozenName(evidence, by, code), ...at]
}

const statusWords: Readonly<Record<string, Key>> = {
  open: 'evidence.status.open',
  closed: 'evidence.status.closed',
  withdrawn: 'evidence.status.withdrawn',
  duplicate: 'evidence.status.duplicate',
  'out-of-jurisdiction': 'evidence.status.outOfJurisdiction',
  overdue: 'evidence.state.overdue',
  dueSoon: 'evidence.state.dueSoon',
  onTime: 'evidence.state.onTime',
  late: 'evidence.state.late',
}

export const standingWord = (word: string): string => t(statusWords[word]!)

function groupText(evidence: Extract<Evidence, { kind: 'group' }>): string[] {
  const { group, question } = evidence
  const { by, status = [], state = [] } = question
  const isMember = by !== undefined && by !== 'status'
  const row =
    group === null ? [] : [isMember ? frozenName(evidence, by, group) : standingWord(group)]
  const words = [...state, ...status].map(standingWord)
  return [...row, ...(words.length > 0 ? [words.join(t('mark.list'))] : [])]
}

/** From when to when it was counted; empty of what has no window. */
export function windowText(evidence: Evidence, times: Times): string {
  if (evidence.kind === 'ticket' || evidence.kind === 'answering') return ''
  if (evidence.kind === 'comment-group') {
    const { firstAt, lastAt } = evidence
    return t('evidence.between', {
      first: times.moment(Date.parse(firstAt)),
      last: times.moment(Date.parse(lastAt)),
    })
  }
  if (evidence.window === null) return ''
  const { start, end } = evidence.window
  return t('evidence.window', {
    start: times.moment(Date.parse(start)),
    end: times.moment(Date.parse(end)),
  })
}

/** By which definition it was counted, and what is read with it. */
export function definitionsText({
  measure,
  definitionVersion,
  beside = [],
}: NumberEvidence): string {
  if (beside.length === 0) return t('evidence.version', { version: definitionVersion })
  return [{ measure, definitionVersion }, ...beside]
    .map((one) =>
      t('evidence.definitionOf', {
        name: textOf(measures[one.measure]).name,
        version: one.definitionVersion,
      }),
    )
    .join(t('mark.semicolon'))
}

/** By which definitions the measures of several numbers were counted. */
export const versionsText = (definitions: Readonly<Record<string, number>>): string =>
  Object.entries(definitions)
    .flatMap(([id, version]) =>
      id in measures
        ? [t('evidence.definitionOf', { name: textOf(measures[id as MeasureId]).name, version })]
        : [],
    )
    .join(t('mark.semicolon'))

interface Written {
  measure: MeasureId | AnswerMeasureId
  basis?: NumberEvidence['basis']
}

const isOfAnswers = (id: Written['measure']): id is AnswerMeasureId =>
  (answerMeasureIds as readonly string[]).includes(id)

type Explained = Pick<Measure, 'fields' | 'formula'>

const definitionOf = (id: Written['measure']): Explained =>
  isOfAnswers(id) ? answerMeasure(id) : measures[id]

/** A field as it was written: a published share is a whole percent, and a small count is not told. */
export function fieldText(fields: Fields, field: string, { measure, basis }: Written): string {
  const { unit } = unitsOf(measure).find(({ name }) => name === field)!
  const value = fields[field] ?? null
  if (basis !== 'published') return cellText(value, unit)
  const most = fields[`${field}.high`]
  if (value === null && typeof most === 'number' && most < 10) return t('evidence.few')
  if (value === null) return t('evidence.notShown')
  if (unit === 'share') return wholePercent(value) + t('unit.percent')
  return unit === 'points' ? points(value) : cellText(value, unit)
}

const unitsOf = (measure: Written['measure']): Measure['fields'] => definitionOf(measure).fields

/** The field that is the number: not every measure has a `value`. */
export const headField = (measure: Written['measure']): string => unitsOf(measure)[0]!.name

/** Of the field that is the number. */
export const unitOf = (measure: Written['measure']): Unit => unitsOf(measure)[0]!.unit

/** The formula with the frozen numbers in it; percentiles compute nothing, so each is told with its name. */
export function frozenWorked(fields: Fields, written: Written): string {
  if (headField(written.measure) === 'p50') {
    const named = ({ name }: { name: string }) => `${name} ${fieldText(fields, name, written)}`
    return unitsOf(written.measure).map(named).join(' · ')
  }
  return worked(definitionOf(written.measure), (field) => fields[field] ?? null)
    .map((piece) =>
      piece.field === undefined ? piece.sign : fieldText(fields, piece.field, written),
    )
    .join('')
}
