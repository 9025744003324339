import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EvidenceDesk } from '../../evidence/desk.ts'
import { demoFlags } from './flags.ts'
import { actNow } from './live.ts'
import type { Stage } from './stage.ts'
import { demoSuggestions } from './suggestions.ts'
import { tellCorrection } from './tell-correction.ts'
import { tellFlag } from './tell-flags.ts'
import { tellRounds } from './tell-rounds.ts'
import { tellSuggestion } from './tell-suggestions.ts'

/** From one look at the clock to the next, in milliseconds. */
const LOOK_EVERY = 30_000

export interface DemoActs {
  /** Resolves when all that was flagged and suggested before is there, or nothing more will be. */
  told: Promise<void>
  stop(): Promise<void>
}

/**
 * The demonstration's people act: first what they did before anybody looked, once, then now and then something
 * new. Nobody waits for it.
 */
export function openDemoActs({ desk, log }: { desk: EvidenceDesk; log: Logger }): DemoActs {
  const stopping = new AbortController()
  const { promise: told, resolve } = Promise.withResolvers<void>()
  const stage = { desk, log, signal: stopping.signal }
  const running = run(stage, resolve)
    .catch((error: unknown) => {
      if (!stopping.signal.aborted)
        log.error({ err: error }, 'the demonstration’s people have left')
    })
    .finally(resolve)
  return {
    told,
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function run(stage: Stage, isTold: () => void): Promise<void> {
  let isPastTold = false
  const done = new Set<string>()
  while (!stage.signal.aborted) {
    try {
      if (!isPastTold) await tellPast(stage)
      isPastTold = true
      await tellRounds(stage, Date.now(), done)
      isTold()
      await actNow(stage, Date.now())
    } catch (error) {
      // What was not done is done later: the database may only be away.
      stage.log.warn({ err: error }, 'the demonstration’s people could not act')
    }
    await delay(LOOK_EVERY, undefined, { signal: stage.signal })
  }
}

/** What is done already is not done again. */
async function tellPast(stage: Stage): Promise<void> {
  const numbers = new Map<string, number>()
  for (const flag of demoFlags) {
    const id = await tellFlag(stage, flag)
    if (id !== undefined) numbers.set(flag.name, id)
  }
  await tellCorrection(stage, numbers)
  for (const suggestion of demoSuggestions) await tellSuggestion(stage, suggestion, numbers)
}
