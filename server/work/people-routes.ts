import { Router } from 'express'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { notePersonalRead } from '../acts/personal-read.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { type Known, knownPeople } from './people.ts'

/**
 * `GET /people`, for the secretariat: `{people: [{id, name, email, language, isDemo, hasWayIn, invitedUntil,
 * seenAt}]}`, by name; 401, 403. That it was read is noted before it is answered.
 */
export function peopleRoutes({ db, personOf }: { db: Db; personOf: PersonOf }): Router {
  return Router().get('/people', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, id, 'secretariat'))) {
      throw new HttpError(403, 'Who has an account is for the secretariat to see.')
    }
    const people = await knownPeople(db)
    await notePersonalRead(db, { personId: id, what: 'people', of: people.map((one) => one.id) })
    res.set('cache-control', 'no-store').json({ people: people.map(told) })
  })
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const told = (one: Known) => ({
  ...one,
  invitedUntil: iso(one.invitedUntil),
  seenAt: iso(one.seenAt),
})
