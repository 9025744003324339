import { Router } from 'express'
import type { Policy } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { actsWhere } from './queries.ts'
import { conditionsOf, RecordsQuery } from './question.ts'
import { toldAct } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
  policy: () => Policy
}

/**
 * `GET /records?noun=flag,suggestion&kind=&agency=&area=&category=&observer=&q=&before=&limit=` answers
 * `{records, next}`, for everybody: each act on flags and suggestions, the newest first. `kind` is such as
 * `flag.transferred,suggestion.transferred`; `observer` is a
 * number of the public register; members that follow from evidence are told, and found by, as far as the
 * city opened them; `(none)` beside them finds what names no member, or none that is told; `next` goes into `before`, null at the end. Texts are told without
 * addresses, telephone and identity numbers, and found by what is told; a text is null once it was taken down.
 */
export function recordRoutes({ db, directory, policy }: Parts): Router {
  const routes = Router()
  routes.get('/records', async (req, res) => {
    const asked = parse(RecordsQuery, { ...req.query })
    const telling = { directory: directory(), opened: policy().opened }
    const where = conditionsOf(asked, telling)
    const found = await actsWhere(db, where, { limit: asked.limit + 1, order: 'desc' })
    const page = found.slice(0, asked.limit)
    res.set('cache-control', 'no-store').json({
      records: page.map((row) => toldAct(row, telling)),
      next: found.length > asked.limit ? page.at(-1)!.id : null,
    })
  })
  return routes
}
