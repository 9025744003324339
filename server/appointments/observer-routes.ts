import { Router } from 'express'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { observers } from './queries.ts'
import { publicly } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
}

/**
 * The public register. `GET /observers` answers `{observers: [{id, name, isPseudonym, title, appointingBody,
 * from, until, jurisdiction, languages, standing}]}`, by name: everybody who was ever appointed; local dates,
 * members by code, null is any.
 */
export function observerRoutes({ db, directory }: Parts): Router {
  const routes = Router()
  routes.get('/observers', async (_req, res) => {
    const all = await observers(db)
    res.set('cache-control', 'no-store')
    res.json({ observers: all.map((one) => publicly(one, directory())) })
  })
  return routes
}
