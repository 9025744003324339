import { PollEvent, StatementEvent } from '#shared/polls/events.ts'
import { DAY } from '#shared/time.ts'
import type { Db } from '../../db/connect.ts'
import type { Intake } from '../../intake/intake.ts'
import { pollCalled } from '../../polls/poll-queries.ts'
import { momentsOf } from '../moments.ts'
import { openPortal, type Portal } from '../portal.ts'
import { randomFrom, seedOf } from '../random.ts'
import { inRound, knownAfter, type Round, roundSeed } from '../rounds.ts'
import { openSeries, type Telling } from '../series.ts'
import { isTold, type Sequence, tellDue } from '../tell-due.ts'
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

interface Options {
  now?: number
  asked?: readonly (AskedPoll | AskedAgreement)[]
}

/** The polls of the city from its founding on, one after the other; goes on with them after a stop. */
export async function openCanvass(
  db: Db,
  intake: Intake,
  { now = Date.now(), asked = polls }: Options = {},
): Promise<Canvass> {
  const portal = await openPortal(db, intake)
  const series = await openSeries(
    asked,
    {
      openedAt: async (code) => (await pollCalled(db, code))?.opensAt,
      begin: (poll, round) => beginRound(portal, poll, round),
    },
    now,
  )
  return {
    async tellDue(now, stop) {
      for (const one of series) await one.tellDue(now, stop)
    },
  }
}

async function beginRound(
  portal: Portal,
  asked: AskedPoll | AskedAgreement,
  round: Round,
): Promise<Telling> {
  const { db, intake, sourceId } = portal
  if (!(await pollCalled(db, round.code))) await intake.submit(sourceId, [eventOf(asked, round)])
  const plan = isAgreement(asked) ? votesOn(asked, round) : answersTo(asked, round)
  const newest = await newestTold(db, round.code)
  const answers = { ...plan, told: plan.times.filter((at) => at <= newest).length }
  const added = isAgreement(asked) ? [waitingOf(asked, round)] : []
  const said = isAgreement(asked) ? [statementsOf(asked, round), answers] : [answers]
  return {
    async tellDue(now, stop) {
      await tellDue(added, { intake, sourceId: OWN }, { now, stop })
      await tellDue(said, portal, { now, stop })
    },
    isDone: () => [...added, ...said].every(isTold),
  }
}

export const isAgreement = (asked: AskedPoll | AskedAgreement): asked is AskedAgreement =>
  'statements' in asked

type Plan = Pick<Sequence, 'times' | 'eventOf'>

/** The whole of it follows from the poll and when the round opened. */
export function answersTo(asked: AskedPoll, round: Round): Plan {
  const times = timesOf(asked, round)
  return { times, eventOf: (number) => answerOf({ asked, round, times }, number) }
}

export function votesOn(asked: AskedAgreement, round: Round): Plan {
  const times = timesOf(asked, round)
  return { times, eventOf: (number) => voteOf({ asked, round, times }, number) }
}

function timesOf(asked: AskedPoll | AskedAgreement, round: Round): Float64Array {
  const { code, open, every } = asked
  const random = randomFrom(seedOf(SEED, code.length, every, ...roundSeed(round)))
  const known = knownAfter(asked, round)
  return momentsOf(random, { opensAt: round.opensAt, open, known, every })
}

/** Each when it was added; all are told again after a stop, which changes nothing. */
function sequenceOf(events: readonly StatementEvent[]): Sequence {
  const times = Float64Array.from(events, ({ receivedAt }) => receivedAt)
  return { times, told: 0, eventOf: (number) => events[number]! }
}

function statementsOf({ statements }: AskedAgreement, { code, opensAt }: Round): Sequence {
  return sequenceOf(
    statements.map(({ texts, day }, at) => ({
      ...{ type: 'statement', poll: code, id: String(at + 1), version: 1, texts },
      ...{ receivedAt: opensAt + (day ?? 0) * DAY, isSeed: day === undefined },
      ...{ status: 'published', reason: null },
    })),
  )
}

/** As if people had added them on the form. */
function waitingOf({ waiting }: AskedAgreement, { code, opensAt }: Round): Sequence {
  return sequenceOf(
    waiting.map(({ day, texts }, at) => ({
      ...{ type: 'statement', poll: code, id: `p-${at + 1}`, version: 1, texts },
      ...{ receivedAt: opensAt + day * DAY, isSeed: false, status: 'waiting', reason: null },
    })),
  )
}

function eventOf(asked: AskedPoll | AskedAgreement, { number, code, opensAt }: Round): PollEvent {
  const { agency, summaries, open, isSealed } = asked
  const titles = inRound(asked.titles, { number })
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
