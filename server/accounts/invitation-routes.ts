import { type Request, Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { parse } from '../http/parse.ts'
import { invite, recover } from './invite.ts'
import type { RouteParts } from './routes.ts'
import { signOut } from './sign-out.ts'
import { Email, Name } from './welcome-routes.ts'

const Invitation = z.strictObject({
  name: Name,
  email: Email,
  language: z.enum(['en', 'zh']).optional(),
})
const OfPerson = z.strictObject({ personId: z.string().max(100).refine(isStorable, 'is no id') })

/**
 * For the secretariat, with an `Idempotency-Key`; 401 and 403 otherwise. All are acts. `POST /account/sign-outs
 * {personId}` ends every session of a person; 404. `POST /account/invitations {name, email, language?}` makes a person, `POST /account/recoveries {personId}` lets one who lost all ways in make a new one: from its
 * use on the old ones are gone. The last two answer `{personId, sent: true}` when e-mail was sent, else, also where its server
 * refuses, `{personId, link}`, to be handed over; asked again with the same key, with a new link in place of that one.
 */
export function invitationRoutes(parts: RouteParts): Router {
  const { db, mail, personOf, originOf } = parts
  const routes = Router()

  routes.post('/account/invitations', async (req, res) => {
    const { id: by } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { name, email, language = null } = parse(Invitation, req.body)
    const invited = await invite(db, { name, email, language, by, key })
    res.status(201).json(await deliver(req, invited, { name, email, language }))
  })

  routes.post('/account/recoveries', async (req, res) => {
    const { id: by } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { personId } = parse(OfPerson, req.body)
    const { person, ...invited } = await recover(db, personId, { by, key })
    res.status(201).json(await deliver(req, invited, { ...person, language: null }))
  })

  routes.post('/account/sign-outs', async (req, res) => {
    const { id: by } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { personId } = parse(OfPerson, req.body)
    await signOut(db, personId, { by, key })
    res.json({ personId })
  })

  async function deliver(
    req: Request,
    { personId, token }: { personId: string; token: string },
    to: { name: string; email: string; language: string | null },
  ) {
    const link = `${originOf(req)}/welcome#${token}`
    const isSent = await mail?.({ ...to, link })
    return isSent ? { personId, sent: true } : { personId, link }
  }

  return routes
}
