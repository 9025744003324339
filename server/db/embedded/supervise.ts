import { statfs } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Use } from './join-cluster.ts'

const LONGEST_WAIT = 5000

interface SuperviseOptions {
  /** Takes PostgreSQL over or starts it, on the port that the pools know. */
  join: () => Promise<Use>
  dataDir: string
  log: Logger
}

export interface Supervision {
  /** Resolves to the use that is then left to end. */
  end(): Promise<Use>
}

/** Brings PostgreSQL back whenever it goes, so that the pools only have to reconnect. */
export function supervise(first: Use, { join, dataDir, log }: SuperviseOptions): Supervision {
  const ending = new AbortController()
  const { signal } = ending
  const ended = new Promise((resolve) => signal.addEventListener('abort', resolve))

  async function watch(use: Use): Promise<Use> {
    for (;;) {
      await Promise.race([use.hold.lost, ended])
      if (signal.aborted) return use
      log.error('lost the embedded PostgreSQL; bringing it back')
      await use.hold.release()
      use = (await comeBack()) ?? use
    }
  }

  async function comeBack(): Promise<Use | undefined> {
    for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const use = await join()
        log.info('the embedded PostgreSQL is back')
        return use
      } catch (error) {
        // On a full disk PostgreSQL cannot even write down why it ended.
        const freeMb = await freeSpace(dataDir)
        log.error({ err: error, freeMb }, 'the embedded PostgreSQL is still away')
      }
      await delay(wait, undefined, { signal }).catch(() => {})
    }
  }

  const watching = watch(first)
  return {
    end() {
      ending.abort()
      return watching
    },
  }
}

async function freeSpace(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && Math.floor((found.bavail * found.bsize) / 1024 ** 2)
}
