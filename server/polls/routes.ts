import { Router } from 'express'
import type { PollDetail, PollLine, ToldBreakdowns, ToldOpinions } from '#shared/polls/told.ts'
import type { Db } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { breakDown, namesIn } from './break-down.ts'
import { called } from './called.ts'
import type { OpinionsDesk } from './opinions-desk.ts'
import { refuseUntold } from './refuse-untold.ts'
import { allPolls, publishedStatements, withheldStatements } from './poll-queries.ts'
import { countWaiting, waitingByPoll } from './statement-queries.ts'
import { toldDetail, toldLine } from './told.ts'

interface Parts {
  db: Db
  engine: Engine
  opinions: OpinionsDesk
}

/**
 * For everybody; shapes in `shared/polls/told.ts`. Counts are views: `choice` by choice, `agreement` by statement.
 *
 * `GET /polls`: `{polls}`, those that close last first. `GET /polls/CODE`: one, with what it asks; 404.
 * `GET /polls/CODE/breakdowns`: who chose what by group, `ToldBreakdowns`; 403 until it has closed.
 * `GET /polls/CODE/opinions`: how those who vote alike fall into groups, `ToldOpinions`, some seconds old at most; 404
 * where it is no agreement poll, 403 while it is sealed.
 */
export function pollRoutes({ db, engine, opinions }: Parts): Router {
  const routes = Router()

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
    refuseUntold(row, engine.at[1])
    const told: ToldOpinions = await opinions.opinionsOf(row)
    res.set('cache-control', 'no-store').json(told)
  })

  return routes
}
