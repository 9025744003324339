import { PollEvent, StatementEvent } from '#shared/polls/events.ts'
import { DAY } from '#shared/time.ts'
import type { Db } from '../../db/connect.ts'
import { BATCH, type Intake } from '../../intake/intake.ts'
import type { IntakeEvent } from '../../intake/read-event.ts'
import { pollCalled } from '../../polls/poll-queries.ts'
import { portalOf } from '../consultations/talk.ts'
import { answersOf, type Due, votesOn } from './answers-of.ts'
import type { AskedAgreement, AskedPoll } from './asked.ts'
import { nightEconomy } from './night-economy.ts'
import { schoolStreets, waterfrontEvenings } from './questions.ts'
import { newestTold } from './queries.ts'

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
  const plans: { due: Due<IntakeEvent>[]; at: number }[] = []
  for (const asked of [waterfrontEvenings, schoolStreets, nightEconomy]) {
    const opensAt = await openPoll(db, intake, { asked, sourceId })
    const due = dueOf(asked, opensAt)
    const told = await newestTold(db, asked.code)
    plans.push({ due, at: due.findIndex(({ at }) => at > told) })
  }

  return {
    async tellDue(now, stop) {
      for (const plan of plans) {
        while (!stop.aborted && plan.at >= 0) {
          const next = plan.due.slice(plan.at, plan.at + BATCH).filter(({ at }) => at <= now)
          if (next.length === 0) break
          await intake.submit(
            sourceId,
            next.map(({ event }) => event),
          )
          plan.at += next.length
        }
      }
    },
  }
}

const isAgreement = (asked: AskedPoll | AskedAgreement): asked is AskedAgreement =>
  'statements' in asked

/** Statements that people added come when they were added. */
function dueOf(asked: AskedPoll | AskedAgreement, opensAt: number): Due<IntakeEvent>[] {
  if (!isAgreement(asked)) return answersOf(asked, opensAt)
  const added = statementsOf(asked, opensAt).map((event) => ({ at: event.receivedAt, event }))
  return [...added, ...votesOn(asked, opensAt)].sort((a, b) => a.at - b.at)
}

function statementsOf({ code, statements }: AskedAgreement, opensAt: number): StatementEvent[] {
  return statements.map(({ texts, day }, at) => ({
    ...{ type: 'statement', poll: code, id: String(at + 1), version: 1, texts },
    ...{ receivedAt: opensAt + (day ?? 0) * DAY, isSeed: day === undefined },
    ...{ status: 'published', reason: null },
  }))
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
    groups: [
      {
        id: 'age',
        texts: { en: 'Age', zh: '年龄' },
        values: asked.ages.map(({ id, texts }) => ({ id, texts })),
      },
    ],
  })
}
