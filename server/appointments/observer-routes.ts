import { Router } from 'express'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { AppointmentId } from './forms.ts'
import { appointmentById, historyOf, observers } from './queries.ts'
import { publicly } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
}

/**
 * The public register. `GET /observers` answers `{observers: [{id, name, isPseudonym, isNameChosen,
 * title, appointingBody, from, until, jurisdiction, languages, standing}]}`, by name: everybody who was ever appointed; local dates,
 * members by code, null is any; until it is chosen, the name is the one that the secretariat proposed. `GET /observers/ID` answers `{observer, history: [{id, at, kind, by, from,
 * until, hash}]}`: every act on the appointment, with the term it set, every link to an account that was given, and every ending of its sessions; 404 when nobody was appointed so.
 */
export function observerRoutes({ db, directory }: Parts): Router {
  const routes = Router()
  routes.get('/observers', async (_req, res) => {
    const all = await observers(db)
    res.set('cache-control', 'no-store')
    res.json({ observers: all.map((one) => publicly(one, directory())) })
  })
  routes.get('/observers/:id', async (req, res) => {
    const held = await appointmentById(db, parse(AppointmentId, req.params.id))
    if (held?.state.role !== 'observer') throw new HttpError(404, 'There is no such observer.')
    const history = await historyOf(db, held.id)
    res.set('cache-control', 'no-store').json({
      observer: publicly(held, directory()),
      history: history.map((act) => ({ ...act, at: new Date(act.at).toISOString() })),
    })
  })

  return routes
}
