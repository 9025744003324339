import { setTimeout as delay } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { Logger } from 'pino'
import type { Uncompared } from '#shared/wire.ts'
import type { Db } from '../db/connect.ts'

/** Seconds within which comments are compared as they come: nothing is said of them before. */
const SOON = 5
/** Between two looks while some wait, in milliseconds; and of the time, what looking takes at most. */
const [PAUSE, SHARE] = [1000, 0.1]
/** Batches and comments that one look counts at most: where nobody groups, more and more wait. */
const [BATCHES, COMMENTS] = [10_000, 20_000]

interface Options {
  db: Db
  log: Logger
  /** Up to where the journal is known to go. */
  head: () => number
  soon?: number
  /** Comments that one look counts at most. */
  atMost?: number
}

export interface Waiting {
  /** Looks in the background. Call it at each tick. */
  look(): void
  /** As it was when it was last looked; undefined while none waits for long. */
  readonly now: Uncompared | undefined
  close(): Promise<void>
}

/** Knows how many comments are still to be compared with others, whichever process groups them. */
export function watchUncompared({
  db,
  log,
  head,
  soon = SOON,
  atMost = COMMENTS,
}: Options): Waiting {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let lookedTo = -1
  let now: Uncompared | undefined

  async function run(): Promise<void> {
    const upTo = head()
    const startedAt = performance.now()
    const { rows, lastSeq, isMore } = await waitingComments(db, { after: lookedTo, soon, atMost })
    now = uncomparedOf(rows, isMore)
    // Those that came just now may yet wait for long.
    if (rows.length === 0) lookedTo = isMore ? lastSeq : upTo
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

interface Look {
  /** Nothing waited up to here when it was last looked. */
  after: number
  soon: number
  atMost: number
}

/** Published comments that were written after those that are grouped, by consultation, and whether there may be more. */
async function waitingComments(db: Db, look: Look) {
  const batches = await nextBatches(db, look.after)
  const { rows } = await waiting(batches, look).execute(db)
  const counted = rows.reduce((sum, { comments }) => sum + comments, 0)
  return {
    rows,
    lastSeq: batches.at(-1)?.seq ?? look.after,
    isMore: batches.length === BATCHES || counted === look.atMost,
  }
}

function uncomparedOf(rows: readonly WaitingRow[], isMore: boolean): Uncompared | undefined {
  const long = rows.filter(({ isLong }) => isLong)
  if (long.length === 0) return undefined
  return {
    upTo: Math.min(...long.map(({ since }) => since)),
    comments: Object.fromEntries(long.map(({ code, comments }) => [code, comments])),
    ...(isMore && { isMore }),
  }
}

interface Batch {
  seq: number
  batch: number
}

async function nextBatches(db: Db, after: number): Promise<Batch[]> {
  const { rows } = await sql<Batch>`
    select journal.seq, journal.batch
    from grouped
    join journal on journal.seq > greatest(grouped.seq, ${after})
      and journal.kind in ('tickets', 'comments')
    order by journal.seq limit ${BATCHES}
  `.execute(db)
  return rows
}

/** The first of them in the order of the journal: each batch is looked up only until enough are counted. */
const waiting = (batches: readonly Batch[], { soon, atMost }: Look): RawBuilder<WaitingRow> => sql`
  with first as materialized (
    select comment.consultation, one.seq
    from unnest(
      ${batches.map(({ seq }) => seq)}::bigint[], ${batches.map(({ batch }) => batch)}::bigint[]
    ) as one (seq, batch),
    lateral (
      select consultation from comment where comment.batch = one.batch and comment.is_published
      limit ${atMost}
    ) as comment
    limit ${atMost}
  ), counted as (
    select consultation, count(*)::int as comments, min(seq) as seq from first group by consultation
  )
  select consultation.code, counted.comments, journal.at as since,
    journal.at < clock_timestamp() - make_interval(secs => ${soon}) as is_long
  from counted
  join consultation on consultation.id = counted.consultation
  join journal on journal.seq = counted.seq
`
