import { Router } from 'express'
import type { WorkMembers } from '#shared/work.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Terms } from '../live/terms.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/**
 * `GET /work/members`: `WorkMembers`, also of dimensions that the city has not opened, for those who appoint for them
 * and hand over to them: officials and the secretariat. 401, 403.
 */
export function workMemberRoutes({ db, terms, personOf }: Parts): Router {
  return Router().get('/work/members', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const held = await Promise.all(
      (['official', 'secretariat'] as const).map((role) => isCurrently(db, id, role)),
    )
    if (!held.includes(true)) {
      throw new HttpError(403, 'This is for officials and the secretariat to see.')
    }
    const { directory } = terms()
    const [agency, area, category] = (['agency', 'area', 'category'] as const).map((dimension) =>
      directory.membersOf(dimension),
    )
    const told = { agency, area, category } as WorkMembers
    res.set('cache-control', 'no-store').json(told)
  })
}
