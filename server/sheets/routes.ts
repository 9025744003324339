import { Router } from 'express'
import { z } from 'zod'
import type { Revisions } from '#shared/ledger/sheet.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { revisedDays, type RevisedDay, sheetsBetween } from './queries.ts'

const Day = z.iso.date()
const SheetsQuery = z
  .strictObject({ from: Day, to: Day })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 100 * 86_400_000, {
    error: 'asks for 100 days at most',
    path: ['to'],
  })

/**
 * `GET /sheets?from=&to=` answers `{sheets}`, for everybody: of each local day what was told of the whole city at
 * the midnight after it, and each revision since, with its leaf in the ledger. `GET /revisions?from=&to=` answers
 * `{days}`: of each day that late data changed what was told first and what was told last, each with its leaf, and how
 * many tickets came or were changed in between.
 */
export function sheetRoutes({ db }: { db: Db }): Router {
  const routes = Router()
  routes.get('/sheets', async (req, res) => {
    const { from, to } = parse(SheetsQuery, { ...req.query })
    const sheets = await sheetsBetween(db, from, to)
    res.set('cache-control', 'no-cache').json({
      sheets: sheets.map(({ day, edition, leaf, at, body }) => ({
        day,
        edition,
        leaf,
        at: new Date(at).toISOString(),
        ...{ counted: { seq: body.at[0], minute: body.at[1] }, measures: body.measures },
      })),
    })
  })

  routes.get('/revisions', async (req, res) => {
    const { from, to } = parse(SheetsQuery, { ...req.query })
    const days = await revisedDays(db, from, to)
    res.set('cache-control', 'no-cache').json({ days: days.map(toldDay) } satisfies Revisions)
  })
  return routes
}

function toldDay({ day, first, last }: RevisedDay): Revisions['days'][number] {
  const { edition, tickets } = last
  const told = ({ leaf, at, body: { measures } }: RevisedDay['first']) => {
    return { leaf, at: new Date(at).toISOString(), measures }
  }
  return { day, first: told(first), last: { ...told(last), edition, tickets } }
}
