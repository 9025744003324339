import { Router } from 'express'
import type { PollDetail, PollLine, ToldBreakdowns, ToldOpinions } from '#shared/polls/told.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { breakDown, hasClosed, namesIn } from './break-down.ts'
import { called } from './called.ts'
import { openOpinionsDesk } from './opinions-desk.ts'
import { allPolls, publishedStatements, withheldStatements } from './poll-queries.ts'
import { countWaiting, waitingByPoll } from './statement-queries.ts'
import { toldDetail, toldLine } from './told.ts'

interface Parts extends Connections {
  engine: Engine
}

/**
 * For everybody; shapes in `shared/polls/told.ts`. Counts are views: `choice` by choice, `agreement` by statement.
 *
 * `GET /polls`: `{polls}`, those that close last first. `GET /polls/CODE`: one, with what it asks; 404.
 * `GET /polls/CODE/breakdowns`: who chose what by group, `ToldBreakdowns`; 403 until it has closed.
 * `GET /polls/CODE/opinions`: how those who vote alike fall into groups, `ToldOpinions`, some seconds old at most; 404
 * where it is no agreement poll, 403 while it is sealed.
 */
export function pollRoutes({ db, sql, engine }: Parts): Router {
  const routes = Router()
  const desk = openOpinionsDesk({ db, sql })

  routes.get('/polls', async (_req, res) => {
    const rows = await allPolls(db)
    const waiting = await waitingByPoll(
      db,
      rows.map(({ id }) => id),
    )
    const { directory } = engine.terms
    const polls = rows.map((row): PollLine =>
      toldLine(row, { waiting: waiting.get(row.id) ?? 0, directory }),
    )
    res.set('cache-control', 'no-store').json({ polls })
  })

  routes.get('/polls/:code', async (req, res) => {
    const row = await called(db, req.params.code)
    const statements = await publishedStatements(db, row.id)
    const withheld = await withheldStatements(db, row.id)
    const waiting = await countWaiting(db, row.id)
    const { directory } = engine.terms
    res.set('cache-control', 'no-store')
    res.json(toldDetail(row, { statements, withheld, waiting, directory }) satisfies PollDetail)
  })

  routes.get('/polls/:code/breakdowns', async (req, res) => {
    const row = await called(db, req.params.code)
    const stored = await breakDown(db, row, engine)
    const told: ToldBreakdowns = { ...stored, members: namesIn(stored, engine.terms.directory) }
    res.set('cache-control', 'no-store').json(told)
  })

  routes.get('/polls/:code/opinions', async (req, res) => {
    const row = await called(db, req.params.code)
    if (row.kind !== 'agreement') throw new HttpError(404, 'This poll has no statements.')
    if (row.isSealed && !hasClosed(row, engine.at[1])) {
      throw new HttpError(403, 'The votes are sealed until the poll closes.')
    }
    const told: ToldOpinions = await desk.opinionsOf(row)
    res.set('cache-control', 'no-store').json(told)
  })

  return routes
}
