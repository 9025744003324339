import canonicalize from 'canonicalize'
import type { Logger } from 'pino'
import { SCREEN_EVERY, type ScreenLeaf } from '#shared/ledger/screen-leaf.ts'
import { MINUTE } from '#shared/time.ts'
import type { Db } from '../db/connect.ts'
import { appendLeaf } from '../ledger/queries.ts'
import type { Engine } from '../live/engine.ts'
import { isBlank } from '../sheets/count.ts'
import { surveysTold } from '../sheets/surveys.ts'
import { insertScreen, lastSlot, lockScreens } from './queries.ts'
import { shownNow } from './shown.ts'

interface Options {
  db: Db
  engine: Engine
  log: Logger
}

export interface ScreenWriter {
  /** Writes in the background what walls show, once in five minutes. Call it at each tick. */
  look(): void
  close(): Promise<void>
}

/**
 * At the first tick of each five minutes, when walls tell their breakdowns anew: one leaf for the city, however many
 * walls there are. None where nothing was counted or changed since the last one, nor in a replay, whose minutes are short.
 */
export function openScreenWriter({ db, engine, log }: Options): ScreenWriter {
  let running: Promise<void> | undefined
  let isClosed = false
  let done = 0
  let told = ''

  async function write(slot: number, counted: ScreenLeaf): Promise<void> {
    const surveys = await surveysTold(db)
    const shown = { ...counted, ...(surveys && { surveys }) }
    const { at: _, ...numbers } = shown
    const now = JSON.stringify(numbers)
    if (now === told) return
    const what = canonicalize(shown)!
    await db.transaction().execute(async (trx) => {
      await lockScreens(trx)
      // Another process may have been first.
      if (((await lastSlot(trx)) ?? 0) >= slot) return
      await insertScreen(trx, { slot, leaf: await appendLeaf(trx, 'screen', what) })
    })
    told = now
  }

  return {
    look() {
      const slot = Math.floor(engine.asOf / (SCREEN_EVERY * MINUTE))
      if (isClosed || running || engine.clock === 'events' || slot <= done) return
      // In the turn of the tick: nothing moves between its numbers.
      const shown = shownNow(engine)
      if (isBlank(shown)) return
      done = slot
      running = write(slot, shown)
        .catch((error: unknown) => {
          done = 0
          log.error({ err: error }, 'what walls show could not be written to the ledger')
        })
        .finally(() => (running = undefined))
    },
    async close() {
      isClosed = true
      await running
    },
  }
}
