import { Router } from 'express'
import { z } from 'zod'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { concerning } from './concerning.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

const Seq = z.coerce.number('must be a seq').int().min(0).max(Number.MAX_SAFE_INTEGER)
const Between = z.strictObject({ after: Seq, upTo: Seq })

/**
 * `GET /work/concerns?after=SEQ&upTo=SEQ`: `{told, upTo}`, which records in between concern who is signed in, and why, as
 * `shared/unread.ts` has it; `upTo` is less than was asked where there are more than a thousand. For whoever answers in
 * a city where no record tells whose a flag is. 401 without a session.
 */
export function concernRoutes({ db, terms, personOf }: Parts): Router {
  const routes = Router()

  routes.get('/work/concerns', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const between = parse(Between, { ...req.query })
    const { found, upTo } = await concerning({ db, terms }, id, between)
    const told = found.map(({ record: { seq, kind, body }, why }) => {
      return { seq, kind, why, subject: body.subject }
    })
    res.set('cache-control', 'no-store').json({ told, upTo })
  })

  return routes
}
