import { Router } from 'express'
import type { Place } from '#shared/oversight/act.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { appointmentsFor } from '../acts/queries.ts'
import { refusalOf } from '../acts/refusal.ts'
import type { Db } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { called } from './called.ts'
import type { CountDays } from './days-of.ts'
import { placeOf } from '../dimensions/place.ts'
import { spreadOf } from './spread.ts'

interface Parts {
  db: Db
  terms: () => Terms
  count: CountDays
  personOf: PersonOf
}

/**
 * `GET /consultations/CODE/spread`: `ToldSpread`, exact numbers by channel, language and area, which the public is not
 * told live. For who may flag what is said on it, or answer; 401 without a session, 403 as acts are refused, 404.
 */
export function spreadRoutes({ db, terms, count, personOf }: Parts): Router {
  return Router().get('/consultations/:code/spread', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const row = await called(db, req.params.code)
    await requireWithin(db, person, placeOf(row, terms().directory))
    res.set('cache-control', 'no-store').json(await spreadOf(count, terms(), row))
  })
}

/** What observers do to a consultation, and officials and the secretariat. */
const kinds = ['flag.opened', 'reply.answered']

async function requireWithin(db: Db, person: string, place: Place): Promise<void> {
  const held = []
  for (const kind of kinds) held.push(...(await appointmentsFor(db, { ...place, person, kind })))
  if (held.some(({ refusal }) => refusal === null)) return
  const reasons = held.flatMap(({ refusal }) => refusal ?? [])
  throw refusalOf(reasons.find((one) => one !== 'role') ?? reasons[0] ?? 'none')
}
