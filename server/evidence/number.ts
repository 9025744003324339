import { measures } from '#shared/measures/all.ts'
import type { Claim, NumberEvidence, NumberNow, Told } from '#shared/oversight/evidence.ts'
import type { Fields } from '#shared/oversight/frozen.ts'
import { readWith } from '#shared/oversight/read-with.ts'
import { type At, isDimension, splitKey, type ViewSpec, type ViewState } from '#shared/view.ts'
import { consultationCalled } from '../consultations/consultation-queries.ts'
import { isPreset } from '../cube/window.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { type Answer, answerView, answerWhatWasPublished } from '../views/answer.ts'
import type { Asking } from '../views/facts-desk.ts'
import { publicQuestion } from '../views/public-rule.ts'
import { commonOf, type EvidenceDesk, type Weighed, type Weighing } from './desk.ts'
import { aboutOf, namesOf, plainFilters, pointedBy } from './members.ts'
import { lyingAt } from './place.ts'
import { tellToday } from './today.ts'

type NumberClaim = Extract<Claim, { kind: 'number' }>

/**
 * Asks what the page showed at the same point, under the public rule. Throws a 409 where the number was
 * not shown there. What was shown by other definitions than today's is recounted, and not held against it.
 */
export async function weighNumber(
  desk: EvidenceDesk,
  { claim, asking }: Weighing<NumberClaim>,
): Promise<Weighed<NumberEvidence>> {
  const { measure, row, at, saw } = claim
  const { terms } = desk.engine
  if (!claim.question.measures.includes(measure)) {
    throw new HttpError(400, `The question does not ask for ${measure}.`, { path: 'measure' })
  }
  const asked = plainSpec(claim.question, terms.directory)
  const answer = await ask(desk, { spec: asked, at }, asking)
  const fields = fieldsIn(answer, { measure, row })
  if (String(answer.at) !== String(at) || !fields) throw notShown(at)
  if (answer.basis !== 'recounted') requireShown(saw, fields, at)
  const question = fixedWhere(asked, answer)
  const pointed = [...pointedBy(question.filters), ...pointedByRow(question, row)]
  const consultation = await consultationIn(desk, question)
  const { members, about } = consultation
    ? lyingAt(consultation, terms)
    : { members: namesOf(pointed, terms), about: aboutOf(pointed, terms) }
  const evidence: NumberEvidence = {
    kind: 'number',
    ...(await commonOf(desk, claim)),
    asOf: answer.asOf,
    members,
    ...(consultation && { titles: { ...consultation.titles } }),
    question,
    measure,
    definitionVersion: versionIn(answer, measure),
    row,
    window: answer.window,
    basis: answer.basis === 'now' ? 'past' : answer.basis,
    fields,
    saw,
    ...besideIn(answer, { measure, row }),
  }
  return { evidence, about }
}

/** What is counted of one consultation lies where it does, whichever of its comments are counted. */
async function consultationIn({ db }: EvidenceDesk, { filters }: Pick<ViewSpec, 'filters'>) {
  const [code, ...others] = filters?.consultation ?? []
  return code === undefined || others.length > 0 ? undefined : consultationCalled(db, code)
}

const versionIn = ({ definitions }: Answer, measure: NumberEvidence['measure']): number =>
  definitions[measure]?.version ?? measures[measure].version

/** What the same answer told of the measures that this one is read with. */
function besideIn(
  answer: Answer,
  { measure, row }: Pick<NumberEvidence, 'measure' | 'row'>,
): Pick<NumberEvidence, 'beside'> {
  const beside = readWith(measure).flatMap((other) => {
    const fields = fieldsIn(answer, { measure: other, row })
    if (!fields || Object.keys(fields).length === 0) return []
    return [{ measure: other, definitionVersion: versionIn(answer, other), fields }]
  })
  return beside.length > 0 ? { beside } : {}
}

interface Asked {
  spec: ViewSpec
  at?: At
}

function ask(desk: EvidenceDesk, { spec, at }: Asked, asking: Asking): Promise<Answer> {
  const kind = publicQuestion(spec, desk.engine.terms.policy.policy)
  if (kind === 'published') return answerWhatWasPublished(desk, spec)
  return answerView(desk, { spec, at }, asking)
}

/** The question in one spelling: members by their own code, what is not asked left out. */
function plainSpec({ id: _, ...told }: ViewSpec, directory: Directory): NumberEvidence['question'] {
  const { measures: asked, by, over, window, filters, period } = told
  return {
    measures: [...new Set(asked)],
    ...(by && { by }),
    ...(over && { over }),
    window: window as NumberEvidence['question']['window'],
    ...(filters && { filters: plainFilters(filters, directory) }),
    ...(period && { period }),
  }
}

/** What was published is of these days, whichever are the newest later. */
function fixedWhere(question: NumberEvidence['question'], { published }: Answer) {
  return published ? { ...question, window: `${published.start}/${published.end}` } : question
}

function fieldsIn(
  { columns, rows, totals }: Omit<ViewState, 'id'>,
  { measure, row }: Pick<NumberEvidence, 'measure' | 'row'>,
): Fields | undefined {
  const found = row === null ? totals : rows.find(([key]) => key === row)
  if (!found) return undefined
  return Object.fromEntries(
    columns.flatMap(({ measure: of, field }, place) =>
      of === measure && field !== undefined ? [[field, found[place] as number | null]] : [],
    ),
  )
}

function requireShown(saw: Fields, fields: Fields, at: At): void {
  for (const [name, value] of Object.entries(saw)) {
    if (!Object.hasOwn(fields, name)) {
      throw new HttpError(400, `There is no field ${name.slice(0, 50)}.`, { path: 'saw' })
    }
    if (fields[name] !== value) throw notShown(at, `${name} was ${fields[name]}.`)
  }
}

function notShown([seq, minute]: At, was = 'There was no such row.'): HttpError {
  const why = `This number was not shown at journal ${seq}, minute ${minute}. ${was} Look at it again.`
  return new HttpError(409, why, { path: 'saw', code: 'number.not-shown' })
}

function pointedByRow({ by, over }: ViewSpec, row: string | null) {
  if (!isDimension(by) || row === null) return []
  return [[by, over === undefined ? row : splitKey(row)[0]] as const]
}

/** The question in the very window that was frozen. */
export function sameQuestion({ question, window }: NumberEvidence): ViewSpec {
  if (!isRolling(question)) return question
  const { period: _, ...rest } = question
  const minute = (text: string) => `${text.slice(0, 16)}Z`
  return { ...rest, window: `${minute(window.start)}/${minute(window.end)}` }
}

export const isRolling = ({ window }: { window: string }): boolean => isPreset(window)

/** The frozen row of a question as it is answered now. */
export function numberNow(
  desk: EvidenceDesk,
  { evidence, question }: { evidence: NumberEvidence; question: ViewSpec },
  asking: Asking,
): Promise<Told<NumberNow>> {
  return tellToday<NumberNow>(async () => {
    const answer = await ask(desk, { spec: question }, asking)
    const fields = fieldsIn(answer, evidence)
    if (!fields) return { state: 'none', asOf: answer.asOf }
    const { asOf, window } = answer
    const definitionVersion = versionIn(answer, evidence.measure)
    return { state: 'told', asOf, fields, window, definitionVersion }
  })
}
