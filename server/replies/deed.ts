import { coursesOf } from '#shared/consultations/courses.ts'
import type { About, ReplyDeed } from '#shared/oversight/reply.ts'
import type { Link } from '#shared/oversight/suggestion.ts'
import type { ConsultationRow, DraftRow } from '../consultations/consultation-queries.ts'
import { placeOf } from '../dimensions/place.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Terms } from '../live/terms.ts'
import { answerBy } from './deadline.ts'
import type { Answered } from './forms.ts'

/** What an answer is given to, and what it is understood by. */
export interface Answering {
  row: ConsultationRow
  /** Those that are shown, in order. */
  drafts: readonly DraftRow[]
  terms: Pick<Terms, 'directory' | 'policy'>
}

export type ReplyForm = Omit<Answered, 'about'>

/** What is answered, and the provision that it is on, by the id of its member; 0: the whole draft. */
export interface Subject {
  about: About
  provision: number
}

/** What answers a provision or a group. Throws a 400. */
export function replyDeed(
  { about, provision }: Subject,
  form: ReplyForm,
  answering: Answering,
): ReplyDeed {
  const { row, terms } = answering
  const { directory, policy } = terms
  const { text, verdict, language } = form
  return {
    kind: 'reply.answered',
    body: {
      ...placeOf(row, directory),
      consultation: row.code,
      ...{ about, verdict, language },
      links: linksOf(form, provision, answering),
      answerBy: answerBy(row.closesAt, policy),
      policyVersion: policy.version,
    },
    texts: { text },
  }
}

/** Throws a 400 for what is no provision of the consultation. */
export function provisionNamed(
  name: string,
  { row, terms: { directory } }: Pick<Answering, 'row' | 'terms'>,
): number {
  const id = directory.find('provision', name)
  if (id === 0 || (id !== undefined && isOf(row, id, directory))) return id
  throw unknownName('provision', `There is no provision called ${name}.`)
}

const isOf = ({ code }: ConsultationRow, id: number, directory: Directory): boolean =>
  directory.codeOf(id).startsWith(`${code}/`)

/** The clauses that are told; else, of what is accepted, those of the newest draft in which it reads otherwise. */
function linksOf(
  { clauses, verdict }: ReplyForm,
  provision: number,
  { row, drafts, terms: { directory } }: Answering,
): Link[] {
  if (clauses) {
    return clauses.map((code) => ({ kind: 'clause', to: clauseNamed(code, { row, drafts }) }))
  }
  if (verdict === 'not' || provision === 0) return []
  const keyOf = (code: string) => directory.codeOf(directory.find('provision', code) ?? 0)
  const course = coursesOf(row.code, drafts, keyOf).get(directory.codeOf(provision))
  if (!course?.isChanged) return []
  return course.now.map(({ code }) => ({ kind: 'clause', to: code }))
}

function clauseNamed(name: string, { row, drafts }: Pick<Answering, 'row' | 'drafts'>): string {
  const isThere = drafts.some(({ number, texts }) =>
    Object.values(texts).some((all) =>
      all.some(({ id }) => `${row.code}/${number}/${id}` === name),
    ),
  )
  if (isThere) return name
  throw unknownName('clauses', `There is no clause called ${name}.`)
}

export const unknownName = (path: string, why: string): HttpError =>
  new HttpError(400, why, { path, code: 'unknown-name' })
