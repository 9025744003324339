import { Router } from 'express'
import type { PollDetail, PollLine, ToldBreakdowns, ToldOpinions } from '#shared/polls/told.ts'
import { MINUTE } from '#shared/time.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { breakDown } from './break-down.ts'
import { called } from './called.ts'
import { openOpinionsDesk } from './opinions-desk.ts'
import { allPolls, type PollRow, publishedStatements, withheldStatements } from './poll-queries.ts'
import { countWaiting } from './statement-queries.ts'
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
  const hasClosed = ({ closesAt }: PollRow) => closesAt <= engine.at[1] * MINUTE

  routes.get('/polls', async (_req, res) => {
    const rows = await allPolls(db)
    const { directory } = engine.terms
    const polls = rows.map((row): PollLine => toldLine(row, directory))
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
    if (!hasClosed(row)) {
      throw new HttpError(403, 'Who chose what is told by group when the poll has closed.')
    }
    const told: ToldBreakdowns = await breakDown(db, row, engine.terms.directory)
    res.set('cache-control', 'no-store').json(told)
  })

  routes.get('/polls/:code/opinions', async (req, res) => {
    const row = await called(db, req.params.code)
    if (row.kind !== 'agreement') throw new HttpError(404, 'This poll has no statements.')
    if (row.isSealed && !hasClosed(row)) {
      throw new HttpError(403, 'The votes are sealed until the poll closes.')
    }
    const told: ToldOpinions = await desk.opinionsOf(row)
    res.set('cache-control', 'no-store').json(told)
  })

  return routes
}
