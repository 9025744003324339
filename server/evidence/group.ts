import type {
  Claim,
  GroupEvidence,
  GroupNow,
  GroupQuestion,
  Told,
} from '#shared/oversight/evidence.ts'
import { MINUTE } from '#shared/time.ts'
import type { At } from '#shared/view.ts'
import { windowAt } from '../cube/window.ts'
import type { Directory } from '../dimensions/directory.ts'
import { conditionsOf } from '../explorer/conditions.ts'
import { countWithin } from '../explorer/groups.ts'
import { type ListQuestion, readListQuestion } from '../explorer/question.ts'
import { requirePublic } from '../explorer/require-public.ts'
import { HttpError } from '../http/errors.ts'
import { requireSingle } from '../tickets/public-ticket.ts'
import { asOfPast } from '../views/past.ts'
import type { Asking } from '../views/facts-desk.ts'
import { commonOf, type EvidenceDesk, iso, type Weighed, type Weighing } from './desk.ts'
import { aboutOf, namesOf, plainFilters, pointedBy } from './members.ts'
import { countAt } from './queries.ts'
import { tellToday } from './today.ts'

type GroupClaim = Extract<Claim, { kind: 'group' }>
type Asked = Pick<ListQuestion, 'filters' | 'statuses' | 'states' | 'window' | 'by'>

/** Counts the tickets as they were at the pair that the page knew, and keeps beside it what the page said. */
export async function weighGroup(
  desk: EvidenceDesk,
  { claim, asking }: Weighing<GroupClaim>,
): Promise<Weighed<GroupEvidence>> {
  const { terms } = desk.engine
  const { group, at, saw } = claim
  const told = readListQuestion(new URLSearchParams(claim.query))
  requirePublic(told, terms.policy.policy)
  const question = plainQuestion(told, terms.directory)
  if (group !== null && question.by === undefined) {
    throw new HttpError(400, 'A list that is not grouped has no groups.', { path: 'group' })
  }
  const counted = await count(desk, { question, group, at }, asking)
  const { by } = question
  const isMember = by !== undefined && by !== 'status' && group !== null
  const pointed = [
    ...pointedBy(askedOf(question).filters),
    ...(isMember ? [[by, group] as const] : []),
  ]
  const evidence: GroupEvidence = {
    kind: 'group',
    ...(await commonOf(desk, claim)),
    members: namesOf(pointed, terms),
    question,
    group,
    saw,
    ...counted,
  }
  return { evidence, about: aboutOf(pointed, terms) }
}

function plainQuestion(
  { filters, statuses, states, window, by }: ListQuestion,
  directory: Directory,
): GroupQuestion {
  return {
    ...plainFilters(filters, directory),
    ...(statuses && { status: [...statuses] }),
    ...(states && { state: [...states] }),
    ...(window !== undefined && { window }),
    ...(by && { by }),
  }
}

function askedOf({ status, state, window, by, ...filters }: GroupQuestion): Asked {
  return { filters, statuses: status, states: state, window, by }
}

interface Counting {
  question: GroupQuestion
  group: string | null
  at: At
}

async function count(
  desk: EvidenceDesk,
  { question, group, at }: Counting,
  { signal }: Asking,
): Promise<GroupNow & { asOf: string }> {
  const { engine, db } = desk
  const { policy } = engine.terms.policy
  const asked = askedOf(question)
  requireSingle(policy)
  requirePublic(asked, policy)
  const asOf = Math.floor(await asOfPast(desk, at))
  const [seq, minute] = at
  const where = conditionsOf(asked as ListQuestion, engine.terms, { now: asOf, minute })
  const rows = await desk.counting(signal, () =>
    countWithin(db, (trx) => countAt(trx, question.by, { seq, where })),
  )
  const { directory } = engine.terms
  const keyOf = (key: number | string) =>
    typeof key === 'string' ? key : directory.codeOf(directory.rootOf(key))
  const tickets = rows
    .filter(({ key }) => group === null || keyOf(key) === group)
    .reduce((sum, row) => sum + row.tickets, 0)
  return { asOf: iso(asOf), tickets, window: windowOf(question, desk, minute) }
}

function windowOf({ window }: GroupQuestion, { engine }: EvidenceDesk, minute: number) {
  if (window === undefined) return null
  const { start, end } = windowAt({ window }, minute, engine.terms.calendar)
  return { start: iso(start * MINUTE), end: iso(end * MINUTE) }
}

/** The question in the very window that was frozen. */
export function sameGroup({ question, window }: GroupEvidence): GroupQuestion {
  if (window === null) return question
  const minute = (text: string) => `${text.slice(0, 16)}Z`
  return { ...question, window: `${minute(window.start)}/${minute(window.end)}` }
}

export function groupNow(
  desk: EvidenceDesk,
  { evidence, question }: { evidence: GroupEvidence; question: GroupQuestion },
  asking: Asking,
): Promise<Told<GroupNow>> {
  return tellToday<GroupNow>(async () => {
    const { group } = evidence
    const counted = await count(desk, { question, group, at: desk.engine.at }, asking)
    return { state: 'told', ...counted }
  })
}
