import { ConsultationEvent } from '#shared/consultations/events.ts'
import { DAY } from '#shared/time.ts'
import { confirmDraft } from '../../consultations/confirm-draft.ts'
import { consultationCalled } from '../../consultations/consultation-queries.ts'
import type { Db } from '../../db/connect.ts'
import type { Intake } from '../../intake/intake.ts'
import { allSources } from '../../sources/queries.ts'
import { addSource } from '../../sources/sources.ts'
import { portal } from '../sources.ts'
import { type Sequence, tellDue } from '../tell-due.ts'
import { commentOf, planOf } from './comment-of.ts'
import { nightFerry } from './night-ferry.ts'
import { marketStreets, shadeTrees } from './others.ts'
import { countTold } from './queries.ts'
import type { Subject } from './subject.ts'

export const subjects: readonly Subject[] = [nightFerry, marketStreets, shadeTrees]

/** What people of the city say about its drafts. */
export interface Talk {
  /** Tells every comment that is due, a batch at a time. */
  tellDue(now: number, stop: AbortSignal): Promise<void>
  /** So that the portal never seems silent. */
  sayThere(): Promise<void>
}

/** Opens the consultations at the city's founding, and goes on with them after a stop. */
export async function openTalk(db: Db, intake: Intake): Promise<Talk> {
  const sourceId = await portalOf(db)
  const sequences: Sequence[] = []
  for (const subject of subjects) {
    const opensAt = await openSubject(db, intake, { subject, sourceId })
    const plan = planOf(subject, opensAt)
    const told = await countTold(db, sourceId, subject.code)
    const eventOf = (number: number) => commentOf(plan, number)
    sequences.push({ times: plan.times, told, eventOf })
  }

  return {
    tellDue: (now, stop) => tellDue(sequences, { intake, sourceId }, { now, stop }),
    async sayThere() {
      await intake.submit(sourceId, [])
    },
  }
}

/** The source of all that people say to what the city asks. */
export async function portalOf(db: Db): Promise<number> {
  const known = (await allSources(db)).find(({ name }) => name === portal.name)
  return known ? known.id : (await addSource(db, portal)).id
}

/** Answers when it opened: the first time so many days ago, later as it is stored. */
async function openSubject(
  db: Db,
  intake: Intake,
  { subject, sourceId }: { subject: Subject; sourceId: number },
): Promise<number> {
  const known = await consultationCalled(db, subject.code)
  if (known) return known.opensAt
  const opensAt = Math.floor(Date.now() / DAY) * DAY - subject.opened * DAY
  await intake.submit(sourceId, [eventOf(subject, opensAt)])
  const { id } = (await consultationCalled(db, subject.code))!
  for (const [place] of subject.drafts.entries()) {
    await db.transaction().execute((trx) => confirmDraft(trx, id, place + 1))
  }
  return opensAt
}

function eventOf(subject: Subject, opensAt: number): ConsultationEvent {
  const { code, agency, titles, summaries, open, drafts, outcome } = subject
  const iso = (day: number) => new Date(opensAt + day * DAY).toISOString()
  return ConsultationEvent.parse({
    type: 'consultation',
    id: code,
    version: 1,
    agency,
    titles,
    summaries,
    opensAt: iso(0),
    closesAt: iso(open),
    drafts: drafts.map(({ day, texts }, place) => ({
      number: place + 1,
      publishedAt: iso(day),
      texts,
    })),
    outcome: outcome && { adoptedAt: iso(open + outcome.day), laws: outcome.laws },
  })
}
