import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { DAY } from '#shared/time.ts'
import type { Db } from '../db/connect.ts'
import { BATCH, type Intake } from '../intake/intake.ts'
import { type Agenda, agendaFrom } from './agenda.ts'
import { openTalk } from './consultations/talk.ts'
import type { StoredSources } from './found.ts'
import { eventOf, type Told } from './generate.ts'
import { openCanvass } from './polls/canvass.ts'
import { withdrawOlder } from './withdraw-older.ts'

/** The same seed, the same city. Another seed, or a city that tells other tickets, needs other ids: see `idOf`. */
export const SEED = 1811
const HISTORY = 90 * DAY
const PAUSE = 1000
/** Enough to keep every writer busy. */
const AT_ONCE = 8 * BATCH
const HEARTBEAT = 30_000

interface Play {
  db: Db
  sources: StoredSources
  intake: Intake
  log: Logger
  /** What a city that has told nothing tells of the past, in milliseconds. */
  history?: number
  /** How much of what is past is told, from 0 to 1. */
  onProgress?: (told: number) => void
}

export interface Demo {
  /** Resolves when all that is past has been told, or nothing more will be. */
  caughtUp: Promise<void>
  /** Resolves when nothing more is told. */
  stop(): Promise<void>
}

/** Plays the city's sources: tells what they have not told yet, then everything at its time. */
export function playDemo(play: Play): Demo {
  const stopping = new AbortController()
  const first = Promise.withResolvers<void>()
  const running = run(play, stopping.signal, first.resolve)
    .catch((error: unknown) => {
      if (!stopping.signal.aborted) play.log.error({ err: error }, 'the demonstration has ended')
    })
    .finally(first.resolve)
  return {
    caughtUp: first.promise,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function run(play: Play, stop: AbortSignal, caughtUp: () => void): Promise<void> {
  const now = Date.now()
  play.onProgress?.(0)
  await withdrawOlder(play.db, play.intake)
  const told = toldUntil(play.sources)
  const since = told ?? now - (play.history ?? HISTORY)
  const agenda = await agendaFrom(SEED, { since, from: told ?? -Infinity, now })
  const talk = await openTalk(play.db, play.intake)
  const canvass = await openCanvass(play.db, play.intake)
  let heardAt = -Infinity
  while (!stop.aborted) {
    try {
      await tellDue(play, agenda, stop)
      await talk.tellDue(Date.now(), stop)
      await canvass.tellDue(Date.now(), stop)
      caughtUp()
      if (heardAt + HEARTBEAT <= performance.now()) {
        await sayThere(play)
        await talk.sayThere()
        heardAt = performance.now()
      }
    } catch (error) {
      // What was not taken is told again: the database may only be away.
      play.log.warn({ err: error }, 'the demonstration was not heard')
    }
    await delay(PAUSE, undefined, { signal: stop })
  }
}

/**
 * Everything before was told: each source tells its steps in order, and the one that is behind decides.
 * Undefined when one has told nothing yet.
 */
function toldUntil(sources: StoredSources): number | undefined {
  const newest = [...sources.values()].map(({ newestAt }) => newestAt)
  return newest.includes(null) ? undefined : Math.min(...newest.map(Number))
}

async function tellDue(play: Play, agenda: Agenda, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const due = agenda.due(Date.now(), AT_ONCE)
    if (due.length === 0) return
    await tell(play, due)
    agenda.done(due.length)
    play.onProgress?.(agenda.pastTold)
  }
}

async function tell({ sources, intake }: Play, told: readonly Told[]): Promise<void> {
  const bySource = Map.groupBy(told, ({ source }) => source)
  await Promise.all(
    [...bySource].map(([source, steps]) => tellInOrder(intake, sources.get(source)!.id, steps)),
  )
}

/** One piece after the other, so that what was told before a stop has no gap. */
async function tellInOrder(intake: Intake, sourceId: number, told: readonly Told[]) {
  for (let start = 0; start < told.length; start += BATCH) {
    await intake.submit(sourceId, told.slice(start, start + BATCH).map(eventOf))
  }
}

/** So that no source seems silent in a quiet night. */
async function sayThere({ sources, intake }: Play): Promise<void> {
  await Promise.all([...sources.values()].map(({ id }) => intake.submit(id, [])))
}
