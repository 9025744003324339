import { type Response, Router } from 'express'
import { toNodeHandler } from 'better-auth/node'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { attempt, deviceOf } from '../account-events/attempt.ts'
import { insertAccountEvent } from '../account-events/queries.ts'
import { whose } from '../account-events/whose.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { UsedPasskey } from './authenticator.ts'
import { headersOf, relay, strangersHeaders } from './call.ts'
import type { RouteParts } from './routes.ts'
import { endOwnSession } from './session-queries.ts'
import { storedSpareCode } from './tokens.ts'
import { SSO } from './sso.ts'

const Passkey = z.strictObject({ response: UsedPasskey })
const Password = z.strictObject({
  email: z.string().max(254).refine(isStorable, 'is no e-mail address'),
  password: z.string().max(128),
})
const Code = z.strictObject({
  code: z.string().trim().min(6).max(60).refine(isStorable, 'is no code'),
})
const Demo = z.strictObject({ who: z.string().max(40).refine(isStorable, 'is nobody') })

const NO_PASSKEY = {
  status: 401,
  error: 'No account of this site has this passkey. Sign in another way.',
  code: 'passkey.unknown',
} as const
const WRONG = {
  status: 401,
  error: 'This e-mail address and this password do not belong together.',
  path: 'password',
  code: 'password.wrong',
} as const
const WRONG_CODE = {
  status: 401,
  error: 'This code does not count. Take the newest one, or sign in anew.',
  path: 'code',
  code: 'code.wrong',
} as const
const NO_SSO = { status: 502, error: 'The single sign-on does not answer. Sign in another way.' }

/**
 * All below `/account/sign-in`; each answers 200 and a session's cookie, 401, or 429.
 *
 * `POST passkey/options`, then `POST passkey {response}`. `POST password {email, password}` answers
 * `{needs: 'code'}`, then `POST code {code}` with one of the app's or a spare one; `{needs: 'setUp'}` when
 * the account has no app yet: nothing may be done with that session but set one up; 403 where it has a passkey or the
 * single sign-on instead. `POST sso` answers
 * `{url}`. `POST demo {who}` is there while there is a demonstration. `POST /account/sign-out`.
 */
export function signInRoutes(parts: RouteParts) {
  const { db, auth, limits, addressOf, demo, cookieName, sso, owingOf, tokenOf } = parts
  const routes = Router()

  routes.use('/account/sign-in', async (req, _res, next) => {
    await limits.ofAddress.spend(addressOf(req))
    next()
  })

  routes.post('/account/sign-in/passkey/options', async (req, res) => {
    const headers = strangersHeaders(req, cookieName)
    const called = (await auth()).api.generatePasskeyAuthenticationOptions({
      headers,
      returnHeaders: true,
    })
    const options = await relay(res, called, NO_PASSKEY)
    res.json({ ...options, userVerification: 'required' })
  })

  routes.post('/account/sign-in/passkey', async (req, res) => {
    const body = parse(Passkey, req.body)
    const headers = strangersHeaders(req, cookieName)
    const { api } = await auth()
    const called = () => api.verifyPasskeyAuthentication({ body, headers, returnHeaders: true })
    const by = { way: 'passkey', whose: whose.passkey(body.response.id) } as const
    await attempt({ db, req }, by, () => relay(res, called(), NO_PASSKEY))
    res.json({})
  })

  routes.post('/account/sign-in/password', async (req, res) => {
    const body = parse(Password, req.body)
    await limits.ofAccount.spend(body.email.trim().toLowerCase())
    const headers = strangersHeaders(req, cookieName)
    const email = body.email.trim()
    const { api } = await auth()
    const called = () => api.signInEmail({ body: { ...body, email }, headers, returnHeaders: true })
    const by = { way: 'password', whose: whose.address(email) } as const
    const answer = await attempt({ db, req }, by, () => relay(res, called(), WRONG))
    const begun = { kind: 'begun', way: by.way, device: deviceOf(req) } as const
    await insertAccountEvent(db, by.whose, begun)
    res.json({ needs: 'twoFactorRedirect' in answer ? 'code' : 'setUp' })
  })

  routes.post('/account/sign-in/code', async (req, res) => {
    const { code } = parse(Code, req.body)
    const isOfApp = /^\d{6}$/.test(code)
    const asked = {
      body: { code: isOfApp ? code : storedSpareCode(code) },
      headers: strangersHeaders(req, cookieName),
      returnHeaders: true,
    } as const
    const { api } = await auth()
    const called = () => (isOfApp ? api.verifyTOTP(asked) : api.verifyBackupCode(asked))
    const owing = await owingOf(req)
    const by = {
      way: isOfApp ? 'code' : 'spare',
      whose: owing === undefined ? whose.nobody() : whose.person(owing),
    } as const
    await attempt({ db, req }, by, () => relay<unknown>(res, called(), WRONG_CODE))
    res.json({})
  })

  if (sso) {
    routes.post('/account/sign-in/sso', async (req, res) => {
      const body = {
        provider: SSO,
        callbackURL: '/account',
        errorCallbackURL: '/sign-in',
        disableRedirect: true,
      }
      const headers = strangersHeaders(req, cookieName)
      const called = (await auth()).api.signInSocial({ body, headers, returnHeaders: true })
      const { url } = await relay(res, called, NO_SSO)
      res.json({ url })
    })
    routes.get(`/account/sso/callback/${SSO}`, async (req, res) => {
      await toNodeHandler(await auth())(req, res)
      if (!cameBackRefused(res)) return
      const refused = { kind: 'refused', way: 'sso', why: 'sso', device: deviceOf(req) } as const
      await insertAccountEvent(db, whose.nobody(), refused)
    })
  }

  if (demo) {
    routes.post('/account/sign-in/demo', async (req, res) => {
      const body = parse(Demo, req.body)
      const headers = strangersHeaders(req, cookieName)
      await relay(res, (await auth()).api.signInDemo({ body, headers, returnHeaders: true }), {
        status: 404,
        error: 'There is no such demonstration account.',
      })
      res.json({})
    })
  }

  routes.post('/account/sign-out', async (req, res) => {
    const token = tokenOf(req)
    if (token !== undefined) await endOwnSession(db, token)
    const called = (await auth()).api.signOut({ headers: headersOf(req), returnHeaders: true })
    await relay(res, called, { status: 400, error: 'This session had ended.' })
    res.json({})
  })

  routes.use('/account/sign-in', (_req, _res, next) =>
    next(new HttpError(404, 'There is no such way in.')),
  )

  return routes
}

/** better-auth sends back with an error in the address; whose it would have been it does not say. */
const cameBackRefused = (res: Response): boolean =>
  res.statusCode >= 400 || /[?&]error=/.test(String(res.getHeader('location') ?? ''))
