import type { IncomingMessage } from 'node:http'
import type { ErrorRequestHandler, Router } from 'express'
import { noteForbidden } from '../account-events/forbidden.ts'
import type { AccountConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import type { Log } from '../log.ts'
import { demoPeople } from './demo-people.ts'
import { firstToken } from './first.ts'
import { signInLimits } from './limits.ts'
import { authLoader } from './load-auth.ts'
import { openMail } from './mail.ts'
import { personReader } from './person.ts'
import { putDemoPeople } from './person-queries.ts'
import { keptSecret, sweep } from './queries.ts'
import { accountsRoutes } from './routes.ts'
import { sessionCookie } from './session-cookie.ts'

export interface Accounts extends ReturnType<typeof personReader> {
  routes: Router
  /** After all routes. */
  noteForbidden: ErrorRequestHandler
  /** Of the link that makes the first account; undefined when somebody is here, or all are invented. */
  firstToken: string | undefined
  close(): void
}

interface Options {
  db: Db
  config: AccountConfig
  demo: boolean
  log: Log
  addressOf: (req: IncomingMessage) => string
  onRefused: () => void
  /** Told who the first account is: the secretariat. May be told again of the same person. */
  onFirst?: (personId: string) => Promise<void>
}

/** Milliseconds. */
const SWEPT_EVERY = 600_000

/** Who somebody is; what they may do is not known here. */
export async function openAccounts(options: Options): Promise<Accounts> {
  const { db, config, demo, log, addressOf, onRefused, onFirst = async () => {} } = options
  const secret = config.secret ?? (await keptSecret(db))
  if (demo) await putDemoPeople(db, demoPeople)
  const readers = personReader({ db, config, demo, secret })
  const routes = accountsRoutes({
    ...readers,
    db,
    config,
    demo,
    addressOf,
    onFirst,
    auth: authLoader({ db, config, demo, secret, log, onFirst }),
    limits: signInLimits(config.signInsPerMinute, onRefused),
    mail: openMail(config, log),
    sso: config.oidc !== undefined,
    cookieName: sessionCookie(config.publicUrl),
    originOf: ({ headers }) => config.publicUrl ?? headers.origin ?? `http://${headers.host}`,
  })
  const sweeping = setInterval(() => {
    sweep(db, { now: Date.now(), idle: config.idle }).catch((err: unknown) =>
      log.warn({ err }, 'ended sessions could not be swept'),
    )
  }, SWEPT_EVERY).unref()

  return {
    ...readers,
    routes,
    noteForbidden: noteForbidden({ db, log, ...readers }),
    firstToken: demo ? undefined : await firstToken(db),
    close: () => clearInterval(sweeping),
  }
}
