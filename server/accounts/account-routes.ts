import { randomUUID } from 'node:crypto'
import { type Request, Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { attempt } from '../account-events/attempt.ts'
import { accountEventsOf } from '../account-events/queries.ts'
import { whose } from '../account-events/whose.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { headersOf, relay } from './call.ts'
import { demoChoices } from './demo-people.ts'
import { hashPassword, isPassword } from './password.ts'
import type { HalfSignedIn } from './person.ts'
import {
  deletePasskey,
  hasCode,
  passkeysOf,
  passwordOf,
  setPassword,
} from './credential-queries.ts'
import { updatePerson } from './person-queries.ts'
import { endOtherSessions, endSession, sessionsOf } from './session-queries.ts'
import type { RouteParts } from './routes.ts'
import { Name, NewPasskey, NewPassword, requireHard } from './welcome-routes.ts'

const Changed = z.strictObject({ name: Name.optional(), language: z.enum(['en', 'zh']).optional() })
const Id = z.strictObject({ id: z.string().max(100).refine(isStorable, 'is no id') })
const ChangedPassword = z.strictObject({
  current: z.string().max(128).optional(),
  password: NewPassword,
})
const OwnPassword = z.strictObject({ password: z.string().max(128) })
const Code = z.strictObject({ code: z.string().regex(/^\d{6}$/, 'Six digits.') })

/** So many of the newest are told. */
const EVENTS = 50

/** Milliseconds after signing in within which one's ways in can be changed, and other sessions ended. */
const FRESH = 15 * 60_000

const WRONG = {
  status: 403,
  error: 'This is not your password.',
  path: 'password',
  code: 'password.not-yours',
} as const
const NO_CODE = {
  status: 400,
  error: 'This code does not count. Take the newest one.',
  path: 'code',
  code: 'code.wrong',
} as const
const NO_PASSKEY = {
  status: 400,
  error: 'This passkey could not be made. Try again.',
  code: 'passkey.not-made',
} as const

/**
 * `GET /account` answers who is signed in, `{person: null}` for nobody, which ways in there are, and `idle`,
 * the milliseconds without use after which a session ends.
 * All else is 401 without a session: `PATCH /account {name?, language?}`; `GET /account/ways` answers
 * passkeys, sessions and what else there is; `GET /account/events` who signed in, was refused or is signed in no
 * longer, as `{events}`, the 50 newest. What changes a way in, or ends a session elsewhere, is 403 a quarter of an hour
 * after signing in: `DELETE /account/sessions/:id`, `POST /account/sessions/end-others`,
 * `POST /account/passkeys/options`, `POST /account/passkeys {response, name?}`,
 * `DELETE /account/passkeys/:id`, `POST /account/password {current?, password}`, `POST /account/code
 * {password}` (answers `{uri, spare}`, once) and `POST /account/code/confirm {code}`.
 */
export function accountRoutes(parts: RouteParts): Router {
  const { db, auth, limits, demo, sso, config, sessionOf } = parts
  const routes = Router()

  routes.get('/account', async (req, res) => {
    const session = await sessionOf(req)
    res.json({
      person: session ? told(session) : null,
      sso,
      idle: config.idle,
      demo: demo ? demoChoices : [],
    })
  })

  routes.patch('/account', async (req, res) => {
    const { id } = await requireOwner(req)
    const { name, language } = parse(Changed, req.body)
    const changed = { ...(name !== undefined && { name }), ...(language && { language }) }
    await updatePerson(db, id, changed)
    res.json({})
  })

  routes.get('/account/ways', async (req, res) => {
    const { id, sessionId, isDemo } = await requireSession(req)
    const since = { now: Date.now(), idle: config.idle }
    const all = await sessionsOf(db, id, since)
    const sessions = isDemo ? all.filter((one) => one.id === sessionId) : all
    res.json({
      passkeys: await passkeysOf(db, id),
      sessions: sessions.map((one) => ({ ...one, isThis: one.id === sessionId })),
      hasPassword: (await passwordOf(db, id)) !== undefined,
      hasCode: await hasCode(db, id),
    })
  })

  routes.get('/account/events', async (req, res) => {
    const { id: personId, sessionId, isDemo } = await requireSession(req)
    // Those of the demonstration are everybody's: what others do with one is nobody else's to see.
    const of = { personId, ...(isDemo && { sessionId }) }
    res.json({ events: await accountEventsOf(db, { ...of, limit: EVENTS }) })
  })

  routes.delete('/account/sessions/:id', async (req, res) => {
    const { id: personId } = await requireFresh(req)
    const { id } = parse(Id, req.params)
    if (!(await endSession(db, personId, id))) throw new HttpError(404, 'This session has ended.')
    res.json({})
  })

  routes.post('/account/sessions/end-others', async (req, res) => {
    const { id, sessionId } = await requireFresh(req)
    await endOtherSessions(db, id, { kept: sessionId, why: 'elsewhere' })
    res.json({})
  })

  routes.post('/account/passkeys/options', async (req, res) => {
    await requireFresh(req)
    const asked = { query: {}, headers: headersOf(req), returnHeaders: true } as const
    res.json(
      await relay(res, (await auth()).api.generatePasskeyRegistrationOptions(asked), NO_PASSKEY),
    )
  })

  routes.post('/account/passkeys', async (req, res) => {
    await requireFresh(req)
    const body = parse(NewPasskey, req.body)
    const asked = { body, headers: headersOf(req), returnHeaders: true } as const
    await relay(res, (await auth()).api.verifyPasskeyRegistration(asked), NO_PASSKEY)
    res.json({})
  })

  routes.delete('/account/passkeys/:id', async (req, res) => {
    const { id: personId } = await requireFresh(req)
    const { id } = parse(Id, req.params)
    if (await deletePasskey(db, personId, id)) return void res.json({})
    const why = 'This is your only way in. Make another one first.'
    throw new HttpError(409, why, { code: 'last-way-in' })
  })

  routes.post('/account/password', async (req, res) => {
    const { id, name, email, sessionId } = await requireFresh(req)
    const { current = '', password } = parse(ChangedPassword, req.body)
    requireHard(password, { name, email })
    const old = await passwordOf(db, id)
    if (old !== undefined) {
      await limits.ofAccount.spend(email)
      const isRight = await isPassword(current, old)
      if (!isRight) throw new HttpError(403, WRONG.error, { path: 'current', code: WRONG.code })
    }
    await setPassword(db, {
      id: randomUUID(),
      personId: id,
      password: await hashPassword(password),
    })
    await endOtherSessions(db, id, { kept: sessionId, why: 'password' })
    res.json({})
  })

  routes.post('/account/code', async (req, res) => {
    const { email } = await requireFresh(req)
    const { password } = parse(OwnPassword, req.body)
    await limits.ofAccount.spend(email)
    const asked = { body: { password }, headers: headersOf(req), returnHeaders: true } as const
    const answer = await relay(res, (await auth()).api.enableTwoFactor(asked), WRONG)
    if (answer.method !== 'totp') throw new HttpError(400, WRONG.error, { code: WRONG.code })
    res.json({ uri: answer.totpURI, spare: answer.backupCodes })
  })

  routes.post('/account/code/confirm', async (req, res) => {
    const { id, email } = await requireFresh(req)
    const body = parse(Code, req.body)
    await limits.ofAccount.spend(`code ${email}`)
    const asked = { body, headers: headersOf(req), returnHeaders: true } as const
    const { api } = await auth()
    const by = { way: 'code', whose: whose.person(id) } as const
    await attempt({ db, req }, by, () => relay(res, api.verifyTOTP(asked), NO_CODE))
    res.json({})
  })

  async function requireSession(req: Request): Promise<HalfSignedIn> {
    const session = await sessionOf(req)
    if (session) return session
    throw new HttpError(401, 'Your session has ended. Sign in, then do this again.', {
      code: 'sign-in',
    })
  }

  /** Those of the demonstration are everybody's: nobody may take one for himself. */
  async function requireOwner(req: Request): Promise<HalfSignedIn> {
    const session = await requireSession(req)
    if (!session.isDemo) return session
    const why = 'An account of the demonstration stays as it is.'
    throw new HttpError(403, why, { code: 'demonstration' })
  }

  async function requireFresh(req: Request): Promise<HalfSignedIn> {
    const session = await requireOwner(req)
    if (Date.now() - session.createdAt < FRESH) return session
    const why = 'You signed in a while ago: sign in again first, then do this.'
    throw new HttpError(403, why, { code: 'sign-in.again' })
  }

  return routes
}

function told({ id, name, email, language, way, isDemo }: HalfSignedIn) {
  return { id, name, email, language, isDemo, needsCode: way === 'password' }
}
