import { randomUUID } from 'node:crypto'
import { type Request, Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { attempt } from '../account-events/attempt.ts'
import { whose } from '../account-events/whose.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { accept, USED } from './accept.ts'
import { MadePasskey } from './authenticator.ts'
import { relay, strangersHeaders } from './call.ts'
import { claimFirst } from './first.ts'
import { isGuessable } from './guessable.ts'
import { hashPassword, LONGEST, SHORTEST } from './password.ts'
import { setPassword } from './credential-queries.ts'
import { invitedBy, lockFirstInvitation } from './invitation-queries.ts'
import type { RouteParts } from './routes.ts'
import { hashOf } from './tokens.ts'

const UNSTORABLE = 'must not contain NUL or half of a character'
export const Name = z
  .string()
  .trim()
  .min(1, 'Write a name.')
  .max(100, 'At most 100 characters.')
  .refine(isStorable, UNSTORABLE)
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('This is no e-mail address.'))
export const NewPassword = z
  .string()
  .min(SHORTEST, `At least ${SHORTEST} characters.`)
  .max(LONGEST, `At most ${LONGEST} characters.`)

/** Throws a 400 for what anybody would try first of this person. */
export function requireHard(password: string, { name, email }: { name: string; email: string }) {
  if (!isGuessable(password, [name, email])) return
  const why = 'This is easy to guess: names, common passwords and rows of signs count for nothing.'
  throw new HttpError(400, why, { code: 'password.guessable', path: 'password' })
}

const token = z.string().max(100)

const Look = z.strictObject({ token })
const First = z.strictObject({ token, name: Name, email: Email })
const Password = z.strictObject({ token, password: NewPassword })
export const NewPasskey = z.strictObject({
  response: MadePasskey,
  name: z.string().trim().max(100).refine(isStorable, UNSTORABLE).optional(),
})

const REFUSED = {
  status: 400,
  error: 'This passkey could not be made. Try again.',
  code: 'passkey.not-made',
} as const

/**
 * For who holds an invitation's token, which comes in a body, never in an address; 410 when it does not
 * count any more. `POST /account/welcome {token}` answers `{name, email}`, or `{isFirst: true}` until
 * `POST …/first {token, name, email}` has said whose the first account is. Then either
 * `POST …/passkey/options {token}` and `POST …/passkey {response, name?}`, or
 * `POST …/password {token, password}`: both use the invitation up and answer a session's cookie, the
 * latter one that may only set up the second factor.
 */
export function welcomeRoutes(parts: RouteParts): Router {
  const { db, auth, limits, addressOf, cookieName, onFirst } = parts
  const routes = Router()

  routes.use('/account/welcome', async (req, _res, next) => {
    await limits.ofAddress.spend(addressOf(req))
    next()
  })

  routes.post('/account/welcome', async (req, res) => {
    const { token } = parse(Look, req.body)
    const person = await invitedBy(db, hashOf(token))
    if (person) return void res.json({ name: person.name, email: person.email })
    await attempt({ db, req }, byLink(token), async () => {
      if (!(await lockFirstInvitation(db, hashOf(token)))) throw new HttpError(410, USED)
    })
    res.json({ isFirst: true })
  })

  routes.post('/account/welcome/first', async (req, res) => {
    const { token, ...person } = parse(First, req.body)
    await claimFirst(db, token, person)
    res.json({})
  })

  routes.post('/account/welcome/passkey/options', async (req, res) => {
    const { token } = parse(Look, req.body)
    const context = hashOf(token).toString('hex')
    const asked = { query: { context }, headers: asStranger(req), returnHeaders: true } as const
    const { api } = await auth()
    const called = () => api.generatePasskeyRegistrationOptions(asked)
    const options = await attempt({ db, req }, byLink(token), () =>
      relay(res, called(), { status: 410, error: USED }),
    )
    // What the person had before is forgotten, so the same device may make a new one.
    res.json({ ...options, excludeCredentials: [] })
  })

  routes.post('/account/welcome/passkey', async (req, res) => {
    const body = { ...parse(NewPasskey, req.body), createSession: true }
    const { api } = await auth()
    const headers = asStranger(req)
    const called = () => api.verifyPasskeyRegistration({ body, headers, returnHeaders: true })
    // Whose link began it is the ceremony's to know.
    const by = { way: 'invitation', whose: whose.nobody() } as const
    await attempt({ db, req }, by, () => relay(res, called(), REFUSED))
    res.json({})
  })

  routes.post('/account/welcome/password', async (req, res) => {
    const { token, password } = parse(Password, req.body)
    const person = await invitedBy(db, hashOf(token))
    if (person) requireHard(password, person)
    const hashed = await hashPassword(password)
    const alsoDo = (trx: Db, personId: string) =>
      setPassword(trx, { id: randomUUID(), personId, password: hashed })
    const { email } = await attempt({ db, req }, byLink(token), async () => {
      const personId = await accept(db, hashOf(token), { onFirst, alsoDo })
      if (person && personId !== undefined) return person
      throw new HttpError(410, USED)
    })
    const body = { email, password }
    const called = (await auth()).api.signInEmail({
      body,
      headers: asStranger(req),
      returnHeaders: true,
    })
    await relay(res, called, REFUSED)
    res.json({})
  })

  const byLink = (token: string) =>
    ({ way: 'invitation', whose: whose.link(hashOf(token)) }) as const
  const asStranger = (req: Request): Headers => strangersHeaders(req, cookieName)
  return routes
}
