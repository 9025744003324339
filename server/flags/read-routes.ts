import { Router } from 'express'
import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { Id } from './act-routes.ts'
import { actsOf, clockOf, listFlags } from './queries.ts'
import { publicAct, publicFlag, type Telling } from './told.ts'

interface Parts {
  db: Db
  terms: () => Terms
}

/**
 * For everybody. `GET /flags/ID`: `{asOf, flag, acts}`, its whole life, the oldest act first; each with its
 * `canonical` form, the `hash` of that, and texts with their salts. A text that is null was taken down: its
 * commitment stays.
 */
export function flagReadRoutes({ db, terms }: Parts): Router {
  const routes = Router()

  routes.get('/flags/:id', async (req, res) => {
    const id = parse(Id, req.params.id)
    const telling = await tellingOf(db, terms())
    const [found] = await listFlags(db, {
      where: [sql<boolean>`id = ${id}::bigint`],
      orderBy: sql`id`,
      limit: 1,
    })
    if (!found) throw new HttpError(404, `There is no flag ${id}.`)
    const acts = await actsOf(db, id)
    res.set('cache-control', 'no-store')
    res.json({
      asOf: new Date(telling.now).toISOString(),
      flag: publicFlag(found, telling),
      acts: acts.map((act) => publicAct(act, telling)),
    })
  })

  return routes
}

export async function tellingOf(db: Db, { policy, directory }: Terms): Promise<Telling> {
  return { opened: policy.policy.opened, directory, now: await clockOf(db) }
}
