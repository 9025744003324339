import { contributionsVersion } from '#shared/measures/contributions.ts'
import { MINUTE } from '#shared/time.ts'
import type { At, Basis } from '#shared/view.ts'
import { type ClockMode, endOfMinute, readClock } from '../cube/clock.ts'
import type { Question } from '../cube/question.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { journalHead } from '../journal/queries.ts'
import type { Engine } from '../live/engine.ts'
import type { Counted, Views } from './answer.ts'
import type { Asking } from './facts-desk.ts'
import { isWrittenOtherwise, type Place, placesAt } from './queries.ts'
import { rewind } from './rewind.ts'

/** A question as it stood when the journal held `at[0]` rows and the clock stood at `at[1]`. */
export async function answerPast(
  { engine, db, desk }: Views,
  { question, at }: { question: Question; at: At },
  asking: Asking,
): Promise<Counted> {
  const asOf = await asOfPast({ engine, db }, at)
  const basis = await basisAt({ engine, db }, question, at[0])
  const rewound = basis === 'past' ? await rewind({ engine, db }, question, at) : undefined
  const view = rewound ?? (await desk.ask(question, at, asking)).view
  view.takeChange('')
  return { view, at, asOf, basis, from: rewound ? 'cube' : 'facts' }
}

interface Followed {
  engine: Engine
  db: Db
}

/** When it was, by the deployment's clock. Throws a 400 for what is not past yet. */
export async function asOfPast({ engine, db }: Followed, at: At): Promise<number> {
  await requireReached({ engine, db }, at)
  return asOfIn(await placesAt(db, at[0]), { at, clock: engine.clock })
}

/** Another process may be ahead of this one; nobody is ahead of the database. */
async function requireReached({ engine, db }: Followed, at: At): Promise<void> {
  const [seq, minute] = at
  if (seq > engine.at[0] || minute > engine.at[1]) {
    const head = await journalHead(db)
    const running = Math.max(engine.at[1], endOfMinute(readClock(engine.clock, head)))
    if (seq > head.seq || minute > running) {
      const why = `This is not past yet: the journal stands at ${head.seq}, the minute at ${running}.`
      throw new HttpError(400, why, { path: 'at' })
    }
  }
  await engine.reached(at)
}

/** What was shown then followed other definitions when a row since was written by them, or a measure has changed. */
async function basisAt({ engine, db }: Followed, question: Question, seq: number): Promise<Basis> {
  const isChanged = engine.terms.changes.some(
    (change) => change.seq > seq && question.measures.some(({ id }) => id === change.measure),
  )
  const isOther = isChanged || (await isWrittenOtherwise(db, seq, contributionsVersion))
  return isOther ? 'recounted' : 'past'
}

/**
 * When it was: not before the journal's row came, not before the running minute began, and not after
 * the next row came, which it does not hold.
 */
function asOfIn(places: readonly Place[], { at, clock }: { at: At; clock: ClockMode }): number {
  const [seq, minute] = at
  const timeOf = (place: Place | undefined) =>
    clock === 'events' ? (place?.newestAt ?? undefined) : place?.at
  const here = timeOf(places.find((place) => place.seq === seq)) ?? -Infinity
  const next = timeOf(places.find((place) => place.seq > seq)) ?? Infinity
  return Math.max(here, Math.min((minute - 1) * MINUTE, next))
}
