import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { connect } from '../../server/db/connect.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { visitors } from '../support/visitors.ts'

/** What the process that measures says: who is over. */
export type Ending = { session: string } | { everybody: readonly string[] }

/**
 * A server whose sockets are those of whom a header names; sessions end when its parent says so, appointments by
 * acts alone.
 */
const people = visitors()
const limits = { requestsPerMinute: 0, socketsPerAddress: Infinity, viewsPerAddress: Infinity }
const config = { ...readConfig(process.env), demo: false, ...limits }
const database = { ...connect(process.env.DATABASE_URL!), url: process.env.DATABASE_URL! }
const app = createApp({ ...database, config, log: createLog('warn'), sessions: people.sessions })
const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
await app.ready

process.on('message', (ending: Ending) => {
  if ('session' in ending) people.endSession(ending.session)
  else ending.everybody.forEach(people.endSession)
})
process.on('disconnect', () => process.exit())
process.send!({ origin: `http://127.0.0.1:${port}` })
