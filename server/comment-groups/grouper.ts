import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import { ring } from '../journal/queries.ts'
import { groupComments } from './group-comments.ts'
import { Near } from './near.ts'

/** After an error, until it is tried again. */
const PAUSE = 5000

interface Options {
  db: Db
  log: Logger
  /** Up to where the journal is known to go. */
  head: () => number
}

export interface Grouper {
  /** Groups in the background what came since. Call it at each tick. */
  look(): void
  close(): Promise<void>
}

/** Groups comments after they were taken in, as fast as it can, in one process at a time. */
export function openGrouper({ db, log, head }: Options): Grouper {
  const stopping = new AbortController()
  const near = new Near()
  let running: Promise<void> | undefined
  let seq = -1

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const upTo = head()
      const grouped = await groupComments(db, near)
      // What comes next in the journal may be what was just written to it, of which there is nothing to group.
      if (!grouped) return void (seq = upTo)
      if (grouped.comments > 0) await ring(db)
    }
  }

  async function runAtLast(): Promise<void> {
    try {
      await run()
    } catch (error) {
      if (stopping.signal.aborted) return
      log.error({ err: error }, 'comments cannot be grouped just now')
      await delay(PAUSE, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  return {
    look() {
      if (running || stopping.signal.aborted || head() <= seq) return
      running = runAtLast().finally(() => (running = undefined))
    },
    async close() {
      stopping.abort()
      await running
    },
  }
}
