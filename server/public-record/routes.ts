import { Router } from 'express'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { actsWhere } from './queries.ts'
import { conditionsOf, RecordsQuery } from './question.ts'
import { toldAct } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
}

/**
 * `GET /records?noun=flag,suggestion&agency=&area=&category=&observer=&q=&before=&limit=` answers
 * `{records, next}`, for everybody: each act on flags and suggestions, the newest first. `observer` is a
 * number of the public register; `next` goes into `before`, null at the end. Texts are told without
 * addresses, telephone and identity numbers, and found by what is told; a text is null once it was taken down.
 */
export function recordRoutes({ db, directory }: Parts): Router {
  const routes = Router()
  routes.get('/records', async (req, res) => {
    const asked = parse(RecordsQuery, { ...req.query })
    const where = conditionsOf(asked, directory())
    const found = await actsWhere(db, where, { limit: asked.limit + 1, order: 'desc' })
    const page = found.slice(0, asked.limit)
    res.set('cache-control', 'no-store').json({
      records: page.map((row) => toldAct(row, directory())),
      next: found.length > asked.limit ? page.at(-1)!.id : null,
    })
  })
  return routes
}
