import { Router } from 'express'
import type { ToldReplies } from '#shared/consultations/told-replies.ts'
import { called } from '../consultations/called.ts'
import { draftsOf } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { answerBy } from './deadline.ts'
import { repliesIn } from './queries.ts'
import { toldReplies } from './told.ts'

interface Parts {
  db: Db
  terms: () => Terms
}

/**
 * For everybody. `GET /consultations/CODE/answers`: `{answerBy, replies}`, what officials answered, the newest
 * first; shapes in `shared/consultations/told-replies.ts`. 404 where there is no such consultation.
 */
export function replyRoutes({ db, terms }: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/answers', async (req, res) => {
    const row = await called(db, req.params.code)
    const { directory, policy } = terms()
    const drafts = await draftsOf(db, row.id)
    const rows = await repliesIn(db, row.code)
    res.set('cache-control', 'no-store').json({
      answerBy: answerBy(row.closesAt, policy),
      replies: toldReplies(rows, { code: row.code, drafts, directory }),
    } satisfies ToldReplies)
  })

  return routes
}
