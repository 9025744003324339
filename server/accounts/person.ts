import type { IncomingMessage } from 'node:http'
import type { Asker } from '../account-events/forbidden.ts'
import type { AccountConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import type { Way } from '../db/account-tables.ts'
import { whoOwesCode } from './credential-queries.ts'
import { lastingSessions, useSession } from './session-queries.ts'
import { owedCookie, sessionCookie, sessionTokenReader } from './session-cookie.ts'

/** Who is behind a request: known, and never what they may do. */
export interface SignedIn {
  id: string
  name: string
  /** Of this session, for `lasting`. */
  sessionId: string
}

/** Also who has given a password and not yet the code: nobody to all but the account's own routes. */
export interface HalfSignedIn extends SignedIn {
  email: string
  language: string | null
  way: Way
  createdAt: number
  isDemo: boolean
}

interface Options {
  db: Db
  config: AccountConfig
  demo: boolean
  secret: string
}

type Asking = Pick<IncomingMessage, 'headers'>

/**
 * Readers of sessions, for HTTP requests and socket handshakes alike. Each asks the database, once:
 * an ended session is nobody's from the next request on.
 */
export function personReader({ db, config, demo, secret }: Options) {
  const tokenOf = sessionTokenReader(sessionCookie(config.publicUrl), secret)
  const owedOf = sessionTokenReader(owedCookie(config.publicUrl), secret)
  const { idle, longest } = config
  const served = new WeakMap<object, Asker>()

  async function sessionOf(req: Asking): Promise<HalfSignedIn | undefined> {
    const token = tokenOf(req)
    if (token === undefined) return undefined
    const found = await useSession(db, { token, now: Date.now(), idle, longest, demo })
    if (!found) return undefined
    const { id, sessionId } = found
    served.set(req, { id, sessionId })
    return { ...found, isDemo: found.demo !== null }
  }

  /** Undefined too while the second factor is missing. */
  async function personOf(req: Asking): Promise<SignedIn | undefined> {
    const session = await sessionOf(req)
    if (!session || session.way === 'password') return undefined
    const { id, name, sessionId } = session
    return { id, name, sessionId }
  }

  /** Who gave a password in this browser, and owes the code. */
  async function owingOf(req: Asking): Promise<string | undefined> {
    const asked = owedOf(req)
    return asked === undefined ? undefined : whoOwesCode(db, asked, Date.now())
  }

  /** As whom a request was served, as far as it was asked. */
  const askerOf = (req: Asking): Asker | undefined => served.get(req)

  /** Which of these sessions last, for sockets that stay open; it is no use of them. */
  const lasting = (sessionIds: readonly string[]): Promise<Set<string>> =>
    lastingSessions(db, sessionIds, { now: Date.now(), idle, longest, demo })

  return { sessionOf, personOf, owingOf, askerOf, tokenOf, lasting }
}
