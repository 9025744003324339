import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { Archives } from './archives.ts'
import { countFromCube } from './count.ts'
import { dateAt, dayAfter } from './grid.ts'
import { publishingSince } from './queries.ts'
import { type Subject, subjectsOf } from './subjects.ts'

interface Options {
  db: Db
  engine: Engine
  log: Logger
  /** Days of the past that are published at the very first start. */
  history: number
}

export interface Publisher {
  /** Publishes in the background what the clock has made due. Call it at each tick. */
  look(): void
  /** Resolves when what was due at the last look was published, or could not be. */
  settled(): Promise<void>
  /** Resolves when nothing is being published any more. */
  close(): Promise<void>
}

const MINUTES_A_DAY = 1440

/** Publishes every local midnight that the deployment's clock passes, oldest first, also those passed while nothing ran. */
export function openPublisher({ db, engine, log, history }: Options): Publisher {
  const archives = new Archives(db)
  let running: Promise<void> | undefined
  /** A tick came while days were being published: it may be the last one for long. */
  let isAskedAgain = false
  let isClosed = false
  /** Nothing is due before this local date, as long as the terms are these. */
  let next = { date: '', edition: -1 }

  const stand = () => ({
    at: engine.at,
    count: countFromCube(engine.cube, engine.terms.directory),
    directory: engine.terms.directory,
  })

  /** The local date of now. What is dated before `minute` has happened. */
  const today = () => dateAt(engine.cube.minute - 1, engine.terms.calendar)

  async function publishDue(): Promise<void> {
    const { edition } = engine
    const { calendar, policy } = engine.terms
    const since = Math.max(
      await publishingSince(db, now() - history * MINUTES_A_DAY),
      engine.cube.horizon,
    )
    const terms = { calendar, clock: engine.clock, since, stand }
    const dates = new Map<Subject, string>()
    for (const subject of subjectsOf(policy.policy)) {
      dates.set(subject, await archives.nextDate(subject, terms))
    }
    let date = least(dates.values())
    for (; date <= today(); date = dayAfter(date)) {
      for (const [subject, from] of dates) {
        if (isClosed || engine.edition !== edition) return
        if (from <= date) await archives.publishOn(date, subject, terms)
      }
      await nextTurn()
    }
    next = { date, edition }
  }

  const now = () => engine.cube.minute - 1

  function look(): void {
    isAskedAgain = running !== undefined
    // The clock of the events stands at 1970 before the first one.
    if (isClosed || running || now() <= 0) return
    if (engine.edition === next.edition && today() < next.date) return
    running = publishDue()
      .catch((error: unknown) => log.error({ err: error }, 'a day could not be published'))
      .finally(() => {
        running = undefined
        if (isAskedAgain) look()
      })
  }

  return {
    look,
    async settled() {
      while (running) await running
    },
    async close() {
      isClosed = true
      await running
    },
  }
}

const least = (dates: Iterable<string>): string => [...dates].sort()[0] ?? ''
