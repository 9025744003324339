import { ConsultationEvent } from '#shared/consultations/events.ts'
import { DAY } from '#shared/time.ts'
import { confirmDraft } from '../../consultations/confirm-draft.ts'
import { consultationCalled } from '../../consultations/consultation-queries.ts'
import type { Db } from '../../db/connect.ts'
import type { Intake } from '../../intake/intake.ts'
import { openPortal, type Portal } from '../portal.ts'
import { inRound, type Round } from '../rounds.ts'
import { openSeries, type Telling } from '../series.ts'
import { isTold, type Sequence, tellDue } from '../tell-due.ts'
import { commentOf, planOf } from './comment-of.ts'
import { harbourBathing, rentedRooms } from './later.ts'
import { nightFerry } from './night-ferry.ts'
import { marketStreets, shadeTrees } from './others.ts'
import { countTold } from './queries.ts'
import type { Subject } from './subject.ts'

export const subjects: readonly Subject[] = [
  nightFerry,
  marketStreets,
  shadeTrees,
  rentedRooms,
  harbourBathing,
]

/** What people of the city say about its drafts. */
export interface Talk {
  /** Opens what is to open, and tells every comment that is due, a batch at a time. */
  tellDue(now: number, stop: AbortSignal): Promise<void>
  /** So that the portal never seems silent. */
  sayThere(): Promise<void>
}

interface Options {
  now?: number
  asked?: readonly Subject[]
}

/** The consultations of the city from its founding on, one after the other; goes on with them after a stop. */
export async function openTalk(
  db: Db,
  intake: Intake,
  { now = Date.now(), asked = subjects }: Options = {},
): Promise<Talk> {
  const portal = await openPortal(db, intake)
  const series = await openSeries(
    asked,
    {
      openedAt: async (code) => (await consultationCalled(db, code))?.opensAt,
      begin: (subject, round) => beginRound(portal, subject, round),
    },
    now,
  )
  return {
    async tellDue(now, stop) {
      for (const one of series) await one.tellDue(now, stop)
    },
    async sayThere() {
      await intake.submit(portal.sourceId, [])
    },
  }
}

async function beginRound(portal: Portal, subject: Subject, round: Round): Promise<Telling> {
  const plan = planOf(subject, round)
  const comments: Sequence = {
    times: plan.times,
    told: await countTold(portal.db, portal.sourceId, round.code),
    eventOf: (number) => commentOf(plan, number),
  }
  const days = courseDays(subject)
  let version = (await consultationCalled(portal.db, round.code))?.version ?? 0
  return {
    async tellDue(now, stop) {
      const due = days.filter((day) => round.opensAt + day * DAY <= now).length
      if (version < due) await tellCourse(portal, eventOf(subject, round, due))
      version = Math.max(version, due)
      await tellDue([comments], portal, { now, stop })
    },
    isDone: () => version >= days.length && isTold(comments),
  }
}

/** When something is told of a consultation, in days from its opening: each makes another version of it. */
const courseDays = ({ open, drafts, outcome }: Subject): number[] =>
  [...drafts.map(({ day }) => day), ...(outcome ? [open + outcome.day] : [])].sort((a, b) => a - b)

/** Tells what became of a consultation; its drafts are shown at once. */
async function tellCourse({ db, intake, sourceId }: Portal, event: ConsultationEvent) {
  await intake.submit(sourceId, [event])
  const { id } = (await consultationCalled(db, event.id))!
  for (const { number } of event.drafts) {
    await db.transaction().execute((trx) => confirmDraft(trx, id, number))
  }
}

const again = {
  en: 'What was adopted holds for a season: the city asks again.',
  zh: '通过的规定只管一季：本市再次征求意见。',
}

/** As it stands when so much of it has happened. */
function eventOf(subject: Subject, round: Round, version: number): ConsultationEvent {
  const { agency, titles, summaries, open, drafts, outcome } = subject
  const until = courseDays(subject)[version - 1]!
  const iso = (day: number) => new Date(round.opensAt + day * DAY).toISOString()
  const isOutcomeKnown = outcome !== undefined && open + outcome.day <= until
  return ConsultationEvent.parse({
    type: 'consultation',
    id: round.code,
    version,
    agency,
    titles: inRound(titles, round),
    summaries: round.number === 1 ? summaries : together(summaries, again),
    opensAt: iso(0),
    closesAt: iso(open),
    drafts: drafts
      .filter(({ day }) => day <= until)
      .map(({ day, texts }, place) => ({ number: place + 1, publishedAt: iso(day), texts })),
    outcome: isOutcomeKnown
      ? { adoptedAt: iso(open + outcome.day), laws: inRound(outcome.laws, round) }
      : undefined,
  })
}

const together = (one: Subject['summaries'], other: Subject['summaries']) => ({
  en: `${one.en} ${other.en}`,
  zh: one.zh + other.zh,
})
