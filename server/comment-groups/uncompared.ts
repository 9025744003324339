import { setTimeout as delay } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Logger } from 'pino'
import type { Uncompared } from '#shared/wire.ts'
import type { Db } from '../db/connect.ts'

/** Seconds within which comments are compared as they come: nothing is said of them before. */
const SOON = 5
/** Between two looks while some wait, in milliseconds; and of the time, what looking takes at most. */
const [PAUSE, SHARE] = [1000, 0.1]

interface Options {
  db: Db
  log: Logger
  /** Up to where the journal is known to go. */
  head: () => number
  soon?: number
}

export interface Waiting {
  /** Looks in the background. Call it at each tick. */
  look(): void
  /** As it was when it was last looked; undefined while none waits for long. */
  readonly now: Uncompared | undefined
  close(): Promise<void>
}

/** Knows how many comments are still to be compared with others, whichever process groups them. */
export function watchUncompared({ db, log, head, soon = SOON }: Options): Waiting {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let lookedTo = -1
  let now: Uncompared | undefined

  async function run(): Promise<void> {
    const upTo = head()
    const startedAt = performance.now()
    const waits = await waitingComments(db, soon)
    now = uncomparedOf(waits)
    // Those that came just now may yet wait for long.
    if (waits.length === 0) lookedTo = upTo
    const took = performance.now() - startedAt
    await delay(Math.max(PAUSE, took / SHARE), undefined, { signal: stopping.signal })
  }

  async function runAtLast(): Promise<void> {
    try {
      await run()
    } catch (error) {
      if (stopping.signal.aborted) return
      log.warn({ err: error }, 'it is not known how many comments are compared')
      await delay(PAUSE, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  return {
    look() {
      if (running || stopping.signal.aborted || head() <= lookedTo) return
      running = runAtLast().finally(() => (running = undefined))
    },
    get now() {
      return now
    },
    async close() {
      stopping.abort()
      await running
    },
  }
}

interface WaitingRow {
  code: string
  comments: number
  /** When the first of them was written. */
  since: number
  isLong: boolean
}

function uncomparedOf(rows: readonly WaitingRow[]): Uncompared | undefined {
  const long = rows.filter(({ isLong }) => isLong)
  if (long.length === 0) return undefined
  return {
    upTo: Math.min(...long.map(({ since }) => since)),
    comments: Object.fromEntries(long.map(({ code, comments }) => [code, comments])),
  }
}

/** Published comments that were written after those that are grouped, by consultation. */
async function waitingComments(db: Db, soon: number): Promise<WaitingRow[]> {
  const { rows } = await waiting(soon).execute(db)
  return rows
}

const waiting = (soon: number): RawBuilder<WaitingRow> => sql`
  select consultation.code, count(*)::int as comments, min(journal.at) as since,
    min(journal.at) < clock_timestamp() - make_interval(secs => ${soon}) as is_long
  from grouped
  join journal on journal.seq > grouped.seq and journal.kind in ('tickets', 'comments')
  join comment on comment.batch = journal.batch and comment.is_published
  join consultation on consultation.id = comment.consultation
  group by consultation.code
`
