import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { openDatabase } from './db/open-database.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { sayBusy } from './say-busy.ts'
import { stopSignal } from './stop-signal.ts'

const CLOSE_WITHIN = 2000

async function run(stopped: Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const database = await openDatabase(config, { role: 'server', log })
  try {
    const app = createApp({ ...database, config, log })
    try {
      const port = await listen(app.http, config)
      const endBusy = sayBusy(() => app.founded)
      await Promise.race([app.ready, stopped]).finally(endBusy)
      console.log(`Clerestory is ready: http://localhost:${port}`)
      sayFirst(app.firstToken, config.accounts.publicUrl ?? `http://localhost:${port}`)
      await stopped
    } finally {
      await atMost(CLOSE_WITHIN, app.close())
    }
  } finally {
    await database.close()
  }
}

/** Whoever reads this may make the account that invites all others. */
function sayFirst(token: string | undefined, origin: string): void {
  if (token === undefined) return
  console.log(`Nobody has an account yet. Make the secretariat's, once: ${origin}/welcome#${token}`)
}

async function atMost(milliseconds: number, closing: Promise<void>): Promise<void> {
  await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, milliseconds))])
}

try {
  await run(stopSignal())
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
