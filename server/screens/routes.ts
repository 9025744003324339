import { Router } from 'express'
import { z } from 'zod'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { screensAround } from './queries.ts'

const AroundQuery = z.strictObject({
  size: z.coerce.number('is a number').int().min(0).max(Number.MAX_SAFE_INTEGER),
})

/**
 * `GET /screens?size=` answers `{before, after}`, for everybody: the leaves that say what walls showed just before and
 * just after the ledger had so many leaves; null where there is none. A picture of a wall lies between them.
 */
export function screenRoutes({ db }: { db: Db }): Router {
  return Router().get('/screens', async (req, res) => {
    const { size } = parse(AroundQuery, { ...req.query })
    res.set('cache-control', 'no-cache').json(await screensAround(db, size))
  })
}
