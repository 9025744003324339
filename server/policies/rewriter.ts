import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import { rewriteTickets } from './rewrite.ts'

/** After an error, until it is tried again. */
const PAUSE = 5000

/** Rewrites in the background of a server what new policies decide otherwise. */
export interface Rewriter {
  readonly isRunning: boolean
  /** Looks whether there is anything to rewrite, also when it is under way: then once more after it. */
  start(): void
  /** Resolves when the page that is being written is; what is left is done at the next start. */
  close(): Promise<void>
}

export function openRewriter(db: Db, log: Logger): Rewriter {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  let isAskedAgain = false

  async function run(): Promise<void> {
    do {
      isAskedAgain = false
      await rewriteAtLast()
    } while (isAskedAgain && !stopping.signal.aborted)
  }

  async function rewriteAtLast(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const rewritten = await rewriteTickets(db, { stop: stopping.signal })
        if (rewritten > 0) log.info({ rewritten }, 'tickets were decided again by their policy')
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        log.error({ err: error }, 'tickets are not rewritten just now')
        await delay(PAUSE, undefined, { signal: stopping.signal }).catch(() => {})
      }
    }
  }

  return {
    get isRunning() {
      return running !== undefined
    },
    start() {
      isAskedAgain = true
      running ??= run().finally(() => (running = undefined))
    },
    async close() {
      stopping.abort()
      await running
    },
  }
}
