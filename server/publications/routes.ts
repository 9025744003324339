import { Router } from 'express'
import type { Db } from '../db/connect.ts'
import { publishedMeasures } from './publishable.ts'
import { listPublications } from './queries.ts'

/**
 * `GET /publications` lists what was published, the newest first: what of (`by` null is the whole
 * city), which local days, when, and the measures it can be asked for with `GET /view`.
 */
export function publicationRoutes({ db }: { db: Db }): Router {
  return Router().get('/publications', async (_req, res) => {
    const listed = await listPublications(db)
    const publications = listed.map(({ kind, dimension, days, startsOn, endsOn, seq, at }) => ({
      by: dimension,
      measures: publishedMeasures(kind),
      days,
      start: startsOn,
      end: endsOn,
      seq,
      at: new Date(at).toISOString(),
      label: 'as first published',
    }))
    res.set('cache-control', 'no-store').json({ publications })
  })
}
