import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import { removeOrphans } from './queries.ts'

const EVERY = 3_600_000

/** Removes every hour what was brought and never published. Any number of processes may do so. */
export function openSweeper(db: Db, log: Logger) {
  let sweeping = Promise.resolve()
  const sweep = () => {
    sweeping = removeOrphans(db).then(
      (removed) => {
        if (removed > 0) log.info({ removed }, 'removed files that were never published')
      },
      (error: unknown) => log.error({ err: error }, 'could not remove unpublished files'),
    )
  }
  const timer = setInterval(sweep, EVERY)
  timer.unref()
  sweep()
  return {
    async close(): Promise<void> {
      clearInterval(timer)
      await sweeping
    },
  }
}
