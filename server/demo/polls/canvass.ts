import { PollEvent, StatementEvent } from '#shared/polls/events.ts'
import { DAY } from '#shared/time.ts'
import type { Db } from '../../db/connect.ts'
import type { Intake } from '../../intake/intake.ts'
import { pollCalled } from '../../polls/poll-queries.ts'
import { portalOf } from '../consultations/talk.ts'
import { momentsOf } from '../moments.ts'
import { randomFrom, seedOf } from '../random.ts'
import { type Sequence, tellDue } from '../tell-due.ts'
import { answerOf } from './answers-of.ts'
import type { AskedAgreement, AskedPoll } from './asked.ts'
import { nightEconomy } from './night-economy.ts'
import { ferryBicycles, schoolStreets, waterfrontEvenings } from './questions.ts'
import { newestTold } from './queries.ts'
import { voteOf } from './votes-of.ts'

const SEED = 2301
export const polls: readonly (AskedPoll | AskedAgreement)[] = [
  waterfrontEvenings,
  ferryBicycles,
  schoolStreets,
  nightEconomy,
]

/** Nobody's: what people add on this server's own form. */
const OWN = 0

/** The city's polls, and what people answer. */
export interface Canvass {
  /** Tells every answer that is due, a batch at a time. */
  tellDue(now: number, stop: AbortSignal): Promise<void>
}

/** Opens the polls at the city's founding, and goes on with them after a stop. */
export async function openCanvass(db: Db, intake: Intake): Promise<Canvass> {
  const sourceId = await portalOf(db)
  const sequences: Sequence[] = []
  for (const asked of polls) {
    const opensAt = await openPoll(db, intake, { asked, sourceId })
    if (isAgreement(asked)) sequences.push(statementsOf(asked, opensAt))
    const newest = await newestTold(db, asked.code)
    const plan = isAgreement(asked) ? votesOn(asked, opensAt) : answersTo(asked, opensAt)
    sequences.push({ ...plan, told: plan.times.filter((at) => at <= newest).length })
  }
  return { tellDue: (now, stop) => tellDue(sequences, { intake, sourceId }, { now, stop }) }
}

export const isAgreement = (asked: AskedPoll | AskedAgreement): asked is AskedAgreement =>
  'statements' in asked

type Plan = Pick<Sequence, 'times' | 'eventOf'>

/** The whole of it follows from the poll and when it opened. */
export function answersTo(asked: AskedPoll, opensAt: number): Plan {
  const times = timesOf(asked, opensAt)
  return { times, eventOf: (number) => answerOf(asked, number, times[number]!) }
}

export function votesOn(asked: AskedAgreement, opensAt: number): Plan {
  const times = timesOf(asked, opensAt)
  return { times, eventOf: (number) => voteOf({ asked, opensAt, times }, number) }
}

function timesOf(asked: AskedPoll | AskedAgreement, opensAt: number): Float64Array {
  const { code, opened, open, every } = asked
  const random = randomFrom(seedOf(SEED, code.length, every))
  return momentsOf(random, { opensAt, open, known: Math.min(opened, open), every })
}

/** Those that people added come when they were added; all are told again after a stop, which changes nothing. */
function statementsOf({ code, statements }: AskedAgreement, opensAt: number): Sequence {
  const events = statements.map(({ texts, day }, at): StatementEvent => ({
    ...{ type: 'statement', poll: code, id: String(at + 1), version: 1, texts },
    ...{ receivedAt: opensAt + (day ?? 0) * DAY, isSeed: day === undefined },
    ...{ status: 'published', reason: null },
  }))
  const times = Float64Array.from(events, ({ receivedAt }) => receivedAt)
  return { times, told: 0, eventOf: (number) => events[number]! }
}

/** Answers when it opened: the first time so many days ago, later as it is stored. */
async function openPoll(
  db: Db,
  intake: Intake,
  { asked, sourceId }: { asked: AskedPoll | AskedAgreement; sourceId: number },
): Promise<number> {
  const known = await pollCalled(db, asked.code)
  if (known) return known.opensAt
  const opensAt = Math.floor(Date.now() / DAY) * DAY - asked.opened * DAY
  await intake.submit(sourceId, [eventOf(asked, opensAt)])
  if (isAgreement(asked)) await intake.submit(OWN, waitingOf(asked, opensAt))
  return opensAt
}

/** As if people had added them on the form. */
function waitingOf({ code, waiting }: AskedAgreement, opensAt: number): StatementEvent[] {
  return waiting.map(({ day, texts }, at) => ({
    ...{ type: 'statement', poll: code, id: `p-${at + 1}`, version: 1, texts },
    ...{ receivedAt: opensAt + day * DAY, isSeed: false, status: 'waiting', reason: null },
  }))
}

function eventOf(asked: AskedPoll | AskedAgreement, opensAt: number): PollEvent {
  const { code, agency, titles, summaries, open, isSealed } = asked
  const shared = { type: 'poll', id: code, version: 1, agency, titles, summaries, isSealed }
  const times = {
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(opensAt + open * DAY).toISOString(),
  }
  if (isAgreement(asked)) {
    return PollEvent.parse({ ...shared, ...times, kind: 'agreement', takesStatements: true })
  }
  return PollEvent.parse({
    ...{ ...shared, ...times },
    questions: asked.questions.map(({ choices, ...question }) => ({
      ...question,
      choices: choices.map(({ id, texts }) => ({ id, texts })),
    })),
    groups: asked.groups.map(({ values, ...group }) => ({
      ...group,
      values: values.map(({ id, texts }) => ({ id, texts })),
    })),
  })
}
