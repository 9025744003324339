import { Router } from 'express'
import { z } from 'zod'
import { stances } from '#shared/consultations/comment.ts'
import type {
  CommentPage,
  ConsultationDetail,
  ConsultationLine,
  ToldReasons,
} from '#shared/consultations/told.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { called } from './called.ts'
import { allConsultations, draftsOf, shownDrafts } from './consultation-queries.ts'
import { AfterComment, placeAfter } from './place-after.ts'
import { ProvisionKeys, provisionsNamed } from './provisions-named.ts'
import { listComments, withheldByReason } from './reading-queries.ts'
import { toldComments, toldDetail, toldLine } from './told.ts'

interface Parts {
  db: Db
  terms: () => Pick<Terms, 'directory'>
}

const CommentsQuery = z.strictObject({
  provision: ProvisionKeys,
  stance: z.enum(stances).optional(),
  after: AfterComment.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

/**
 * For everybody; shapes in `shared/consultations/told.ts`, members by code.
 *
 * `GET /consultations`: `{consultations}`, those that close last first. `GET /consultations/CODE`: one, with
 * the draft that is shown, the one before and what became of its provisions; 404. `GET /consultations/CODE/withheld`
 * of it only for which reasons comments are withheld.
 * `GET /consultations/CODE/comments?provision=KEY,KEY&stance=&after=&limit=`: comments, the newest first,
 * of those withheld the day and the reason; with a stance only those published. `next` goes into `after`, null at the end. `provision=(none)` is the whole draft.
 */
export function consultationRoutes({ db, terms }: Parts): Router {
  const routes = Router()

  routes.get('/consultations', async (_req, res) => {
    const shown = await shownDrafts(db)
    const { directory } = terms()
    const consultations = (await allConsultations(db)).map((row): ConsultationLine =>
      toldLine(row, shown.get(row.id), directory),
    )
    res.set('cache-control', 'no-store').json({ consultations })
  })

  routes.get('/consultations/:code', async (req, res) => {
    const row = await called(db, req.params.code)
    const drafts = await draftsOf(db, row.id)
    const withheld = await withheldByReason(db, row.id)
    const { directory } = terms()
    res.set('cache-control', 'no-store')
    res.json(toldDetail(row, { drafts, withheld, directory }) satisfies ConsultationDetail)
  })

  routes.get('/consultations/:code/withheld', async (req, res) => {
    const { id } = await called(db, req.params.code)
    const withheld = await withheldByReason(db, id)
    res.set('cache-control', 'no-store').json({ withheld } satisfies ToldReasons)
  })

  routes.get('/consultations/:code/comments', async (req, res) => {
    const row = await called(db, req.params.code)
    const { provision, stance, after, limit } = parse(CommentsQuery, { ...req.query })
    const { directory } = terms()
    const found = await listComments(db, {
      consultation: row.id,
      provisions: provisionsNamed(provision, directory),
      stance,
      after: after === undefined ? undefined : placeAfter(after),
      limit: limit + 1,
    })
    res.set('cache-control', 'no-store')
    res.json(toldComments(found, { limit, directory }) satisfies CommentPage)
  })

  return routes
}
