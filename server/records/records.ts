import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import type { Engine, Tick } from '../live/engine.ts'
import type { Companion } from '../live/reader.ts'
import { RecordFollowers } from './followers.ts'
import { Pages } from './pages.ts'
import { actsBetween, lastPoint } from './queries.ts'
import { isOurs, sinceAsked, sinceOf } from './since.ts'
import { inPublic, recordsOf } from './told.ts'

/** Acts read at once as they happen. */
const AT_ONCE = 500
/** Milliseconds until a database that did not answer is asked again, and a reader that was full looked at. */
const LOOK_EVERY = 1000

export interface Records extends Companion {
  close(): Promise<void>
}

interface Options {
  /** Of those who follow the journal: they wait for nobody. */
  looking: Db
  /** Of those who read the past. */
  db: Db
  engine: Engine
  /** Calls what it is given after each tick. */
  hearTicks: (hear: (tick: Tick) => void) => void
  log: Logger
}

/** Acts as records, to everybody who follows: in order, each once, and what was missed by its seq. */
export async function openRecords(options: Options): Promise<Records> {
  const { looking, db, engine, hearTicks, log } = options
  const onError = (error: unknown) => log.error({ err: error }, 'cannot tell records')
  const pages = new Pages({ db, terms: () => engine.terms })
  const [start] = engine.at
  /** All acts up to here are to be told; the journal itself may be further on. */
  let wanted = start
  let isAnew = false
  let isOpen = false
  let reading: Promise<void> | undefined
  hearTicks(({ from, at: [seq], hasActs }) => {
    if (seq < from[0]) isAnew = true
    if (hasActs) wanted = seq
    readAll()
  })
  const followers = new RecordFollowers(
    { readPage: pages.read, isOurs: (since) => isOurs(db, since), onError },
    { last: await lastPoint(looking, start), upTo: start },
  )
  isOpen = true
  readAll()

  function readAll(): void {
    if (!isOpen || reading || (!isAnew && wanted <= followers.upTo)) return
    reading = readOn()
      .catch(onError)
      .finally(() => (reading = undefined))
  }

  async function readOn(): Promise<void> {
    while (isAnew || wanted > followers.upTo) {
      if (isAnew) await beginAnew()
      else await tellSome()
    }
  }

  async function tellSome(): Promise<void> {
    const { last, upTo: after } = followers
    const upTo = wanted
    const acts = await actsBetween(looking, { after, upTo, limit: AT_ONCE })
    if (isAnew) return
    const isAll = acts.length < AT_ONCE
    const records = recordsOf(acts, last.seq, inPublic(engine.terms))
    followers.publish(records, isAll ? upTo : acts.at(-1)!.seq)
  }

  /** The journal is shorter than it was: another past. */
  async function beginAnew(): Promise<void> {
    const upTo = wanted
    pages.clear()
    const last = await lastPoint(looking, upTo)
    if (upTo !== wanted) return
    isAnew = false
    followers.restart(last, upTo)
  }

  const timer = setInterval(() => {
    readAll()
    followers.sort()
  }, LOOK_EVERY)

  return {
    check: (hello) => void sinceOf(hello),
    arrive(reader, hello) {
      reader.onAsked('records:follow', (asked) => followers.follow(reader, sinceAsked(asked)))
      const since = sinceOf(hello)
      if (since) followers.follow(reader, since).catch(() => reader.hangUp())
    },
    async close() {
      isOpen = false
      clearInterval(timer)
      await reading
    },
  }
}
