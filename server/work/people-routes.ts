import { type Request, Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { notePersonalRead } from '../acts/personal-read.ts'
import { isCurrently } from '../appointments/queries.ts'
import { accountEventsOf } from '../account-events/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { type Known, knownPeople } from './people.ts'

const Id = z.strictObject({ id: z.string().max(100).refine(isStorable, 'is no id') })

/** So many of the newest are told. */
const EVENTS = 50

/**
 * `GET /people`, for the secretariat: `{people: [{id, name, email, language, isDemo, hasWayIn, invitedUntil,
 * seenAt}]}`, by name. `GET /people/:id/events`: `{events}` of one, the 50 newest: who signed in, was refused or is signed
 * in no longer. 401, 403. That it was read is noted before it is answered.
 */
export function peopleRoutes({ db, personOf }: { db: Db; personOf: PersonOf }): Router {
  async function requireSecretariat(req: Request): Promise<string> {
    const { id } = await requirePerson(personOf, req)
    if (await isCurrently(db, id, 'secretariat')) return id
    throw new HttpError(403, 'Who has an account is for the secretariat to see.')
  }

  const routes = Router()
  routes.get('/people', async (req, res) => {
    const id = await requireSecretariat(req)
    const people = await knownPeople(db)
    await notePersonalRead(db, { personId: id, what: 'people', of: people.map((one) => one.id) })
    res.set('cache-control', 'no-store').json({ people: people.map(told) })
  })
  routes.get('/people/:id/events', async (req, res) => {
    const personId = await requireSecretariat(req)
    const { id } = parse(Id, req.params)
    await notePersonalRead(db, { personId, what: 'sign-ins', of: [id] })
    const events = await accountEventsOf(db, { personId: id, limit: EVENTS })
    res.set('cache-control', 'no-store').json({ events })
  })
  return routes
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const told = (one: Known) => ({
  ...one,
  invitedUntil: iso(one.invitedUntil),
  seenAt: iso(one.seenAt),
})
