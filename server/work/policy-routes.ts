import { type Request, Router } from 'express'
import { usualFlagDays, usualSuggestionDays } from '#shared/policy.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Terms } from '../live/terms.ts'
import { countMissed } from './missed.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/**
 * For the secretariat; 401, 403. `GET /work/policy`: `{version, timeZone, flagDays, suggestionDays}`, what
 * deadlines follow from, in working days; who holds an admin key changes it: `/admin/policy`. `GET /work/missed`:
 * `{flags, suggestions}`, how many missed theirs.
 */
export function workPolicyRoutes({ db, terms, personOf }: Parts): Router {
  const routes = Router()

  routes.get('/work/policy', async (req, res) => {
    await requireSecretariat(req)
    const { version, policy } = terms().policy
    const { timeZone, flagDays = usualFlagDays, suggestionDays = usualSuggestionDays } = policy
    res.set('cache-control', 'no-store').json({ version, timeZone, flagDays, suggestionDays })
  })
  routes.get('/work/missed', async (req, res) => {
    await requireSecretariat(req)
    res.set('cache-control', 'no-store').json(await countMissed(db))
  })

  async function requireSecretariat(req: Request): Promise<void> {
    const { id } = await requirePerson(personOf, req)
    if (await isCurrently(db, id, 'secretariat')) return
    throw new HttpError(403, 'This is for the secretariat to see.')
  }

  return routes
}
