import { Router } from 'express'
import type { ToldReplies } from '#shared/consultations/told-replies.ts'
import { called } from '../consultations/called.ts'
import { draftsOf } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { standingIn } from './answered.ts'
import { countOpenGroups } from './answered-queries.ts'
import { answerBy } from './deadline.ts'
import { byKey } from './in-groups.ts'
import type { LettersDesk } from './letters-desk.ts'
import { repliesIn } from './queries.ts'
import { toldReplies } from './told.ts'

interface Parts {
  db: Db
  terms: () => Terms
  letters: LettersDesk
}

/**
 * For everybody. `GET /consultations/CODE/answers`: `ToldReplies`, what officials answered, the newest
 * first; shapes in `shared/consultations/told-replies.ts`. 404 where there is no such consultation.
 */
export function replyRoutes({ db, terms, letters }: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/answers', async (req, res) => {
    const row = await called(db, req.params.code)
    const { directory, policy } = terms()
    const drafts = await draftsOf(db, row.id)
    const rows = await repliesIn(db, row.code)
    const { covered } = (await standingIn(db, [row], directory)).get(row.id)!
    const open = await countOpenGroups(db, [covered])
    const inGroups = byKey(await letters.commentsIn(row.id, covered.groups), directory)
    res.set('cache-control', 'no-store').json({
      answerBy: answerBy(row.closesAt, policy),
      replies: toldReplies(rows, { code: row.code, drafts, directory }),
      inGroups: Object.fromEntries(inGroups),
      openGroups: open.get(row.id) ?? 0,
    } satisfies ToldReplies)
  })

  return routes
}
