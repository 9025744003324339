import { wilson } from '#shared/measures/wilson.ts'
import type { Claim, PollEvidence, Told } from '#shared/oversight/evidence.ts'
import type { PollNow, Tally } from '#shared/oversight/evidence-of-opinions.ts'
import { choiceCode, statementCode } from '#shared/polls/names.ts'
import { MINUTE } from '#shared/time.ts'
import type { At } from '#shared/view.ts'
import { daysOf } from '../consultations/days-of.ts'
import { HttpError } from '../http/errors.ts'
import { pollCalled, type PollRow, publishedStatements } from '../polls/poll-queries.ts'
import type { Asking } from '../views/facts-desk.ts'
import { askView, basisOf, cellsOf, versionsIn } from './counts-of-view.ts'
import { commonOf, type EvidenceDesk, type Weighed, type Weighing } from './desk.ts'
import { requireSeen } from './not-shown.ts'
import { lyingAt } from './place.ts'
import { tellToday } from './today.ts'

type PollClaim = Extract<Claim, { kind: 'poll' }>
type Asked = Pick<PollClaim, 'poll' | 'question'>

/**
 * Tallies with their intervals as they stood at that point of the journal. Throws a 403 for what is sealed then, a 404
 * for what is not there, a 409 where something else was counted.
 */
export async function weighPoll(
  desk: EvidenceDesk,
  { claim, asking }: Weighing<PollClaim>,
): Promise<Weighed<PollEvidence>> {
  const { at, saw, question } = claim
  const { row, answer, tallies } = await countTallies(desk, { asked: claim, at }, asking)
  const measure = measureOf(row)
  const basis = basisOf(answer)
  const counted = measure === 'choice' ? 'chosen' : 'agree'
  const byKey = new Map(tallies.map(({ key, fields }) => [key, fields[counted] ?? 0]))
  if (basis === 'past') requireSeen(saw, { was: (key) => byKey.get(key), at })
  const { members, about } = lyingAt(row, desk.engine.terms)
  const asks = row.questions.find(({ id }) => id === question)?.texts
  const evidence: PollEvidence = {
    kind: 'poll',
    ...(await commonOf(desk, claim)),
    ...{ asOf: answer.asOf, members, poll: row.code, titles: { ...row.titles }, question, measure },
    ...{ asks: asks ? { ...asks } : null, window: answer.window, basis, saw },
    // What people wrote as statements may be withheld: it is told as it stands today.
    tallies: measure === 'choice' ? tallies : tallies.map((one) => ({ ...one, texts: null })),
    definitions: versionsIn(answer),
  }
  return { evidence, about }
}

const measureOf = ({ kind }: PollRow): 'choice' | 'agreement' =>
  kind === 'agreement' ? 'agreement' : 'choice'

interface Counting {
  asked: Asked
  at: At | undefined
}

/**
 * What is counted of a question, of all questions, or of all statements. Throws a 403 for what is sealed then, a 404 for
 * what is not there.
 */
export async function countTallies(desk: EvidenceDesk, { asked, at }: Counting, asking: Asking) {
  const { terms } = desk.engine
  const row = await pollCalled(desk.db, asked.poll)
  if (!row) throw new HttpError(404, 'There is no such poll.', { path: 'poll' })
  requireTold(row, (at ?? desk.engine.at)[1] * MINUTE)
  const items = await itemsOf(desk, row, asked.question)
  const measure = measureOf(row)
  const spec = {
    measures: [measure],
    by: measure === 'choice' ? ('choice' as const) : ('statement' as const),
    window: daysOf(row, terms),
    filters: { poll: [row.code] },
  }
  const answer = await askView(desk, { spec, at }, asking)
  const tallies = items.map(({ key, texts }): Tally => {
    const cell = cellsOf(answer, key)
    const read = (name: string) => cell(`${measure}.${name}`)
    return { key, texts, ...(measure === 'choice' ? ofChoice(read) : ofStatement(read)) }
  })
  return { row, answer, tallies }
}

/** What is sealed is nobody's to know before the poll closes: also not what was counted until now. */
function requireTold({ isSealed, closesAt }: PollRow, now: number): void {
  if (!isSealed || closesAt <= now) return
  throw new HttpError(403, 'What was chosen is sealed until the poll closes.', { path: 'poll' })
}

interface Item {
  key: string
  texts: Record<string, string>
}

/** The choices of the question, or of all of them; or the statements that are published. */
async function itemsOf(
  { db }: EvidenceDesk,
  row: PollRow,
  question: string | null,
): Promise<Item[]> {
  if (row.kind === 'agreement' && question === null) {
    const statements = await publishedStatements(db, row.id)
    return statements.map(({ code, texts }) => ({
      key: statementCode(row.code, code),
      texts: { ...texts },
    }))
  }
  const asked = row.questions.filter(({ id }) => question === null || id === question)
  if (asked.length === 0) {
    throw new HttpError(404, 'The poll has no such question.', { path: 'question' })
  }
  return asked.flatMap(({ id, choices }) =>
    choices.map((one) => ({ key: choiceCode(row.code, id, one.id), texts: { ...one.texts } })),
  )
}

type Read = (name: string) => number
type Counted = Pick<Tally, 'fields' | 'interval'>

const ofChoice = (read: Read): Counted =>
  shareOf({ hits: read('chosen'), n: read('n') }, { chosen: read('chosen') })

function ofStatement(read: Read): Counted {
  const [agree, disagree, pass] = [read('agree'), read('disagree'), read('pass')]
  return shareOf({ hits: agree, n: read('n') }, { agree, disagree, pass })
}

/** No denominator, no share (I7). */
function shareOf({ hits, n }: { hits: number; n: number }, counts: Record<string, number>) {
  const value = n > 0 ? hits / n : null
  return { fields: { value, n, ...counts }, interval: n > 0 ? wilson(hits, n) : null }
}

/** The same tallies now. */
export function pollNow(
  desk: EvidenceDesk,
  asked: PollEvidence,
  asking: Asking,
): Promise<Told<PollNow>> {
  return tellToday<PollNow>(async () => {
    const { answer, tallies } = await countTallies(desk, { asked, at: undefined }, asking)
    return { state: 'told', asOf: answer.asOf, tallies }
  })
}
