import type { IncomingMessage } from 'node:http'
import express, { Router } from 'express'
import type { AccountConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import { accountRoutes } from './account-routes.ts'
import type { OnFirst } from './accept.ts'
import type { Auth } from './auth.ts'
import { invitationRoutes } from './invitation-routes.ts'
import type { SignInLimits } from './limits.ts'
import type { Mail } from './mail.ts'
import type { personReader } from './person.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { welcomeRoutes } from './welcome-routes.ts'

export interface RouteParts extends ReturnType<typeof personReader> {
  db: Db
  auth: () => Promise<Auth>
  config: AccountConfig
  limits: SignInLimits
  mail: Mail | undefined
  demo: boolean
  /** There is a single sign-on. */
  sso: boolean
  cookieName: string
  onFirst: OnFirst
  addressOf: (req: IncomingMessage) => string
  /** By which the one who asks knows this server. */
  originOf: (req: IncomingMessage) => string
}

/** Everything that comes is a few fields, or what an authenticator says. */
const MAX_BODY = '32kb'

/** All routes of accounts, below `/account`; nothing they answer is kept by anybody. */
export function accountsRoutes(parts: RouteParts): Router {
  const routes = Router()
  routes.use('/account', (_req, res, next) => {
    res.set('cache-control', 'no-store')
    next()
  })
  routes.use('/account', express.json({ limit: MAX_BODY }))
  routes.use(
    signInRoutes(parts),
    welcomeRoutes(parts),
    accountRoutes(parts),
    invitationRoutes(parts),
  )
  return routes
}
