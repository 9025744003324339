import { Router } from 'express'
import { usualFlagDays, usualSuggestionDays } from '#shared/policy.ts'
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
 * `GET /work/policy`, for the secretariat: `{version, timeZone, flagDays, suggestionDays}`, what deadlines
 * follow from, in working days; 401, 403. Who holds an admin key changes it: `/admin/policy`.
 */
export function workPolicyRoutes({ db, terms, personOf }: Parts): Router {
  return Router().get('/work/policy', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, id, 'secretariat'))) {
      throw new HttpError(403, 'This is for the secretariat to see.')
    }
    const { version, policy } = terms().policy
    const { timeZone, flagDays = usualFlagDays, suggestionDays = usualSuggestionDays } = policy
    res.set('cache-control', 'no-store').json({ version, timeZone, flagDays, suggestionDays })
  })
}
