import { type Response, Router } from 'express'
import type { EvidenceDesk } from '../evidence/desk.ts'
import { countTallies } from '../evidence/poll.ts'
import { breakDown } from '../polls/break-down.ts'
import { called } from '../polls/called.ts'
import type { OpinionsDesk } from '../polls/opinions-desk.ts'
import { refuseUntold } from '../polls/refuse-untold.ts'
import { askingFor, PATIENCE } from '../views/asking.ts'
import { breakdownsCsv } from './breakdowns-csv.ts'
import { opinionsCsv } from './opinions-csv.ts'
import { talliesCsv } from './tallies-csv.ts'

/**
 * What a poll's page shows, as CSV; 404 where there is none.
 *
 * `GET /polls/CODE/tallies.csv`: a line for each choice or statement, as the page counts them: `question,choice` or
 * `statement`, `chosen` or `agree,disagree,pass`, `n`, the share `value` with its interval `low,high`, texts by language;
 * 403 while the poll is sealed. No line is of one person.
 * `GET /polls/CODE/breakdowns.csv`: `question,group,value,n,choice,chosen`, as they were told once; empty where fewer
 * than ten; 403 until the poll has closed.
 * `GET /polls/CODE/opinions.csv`: `group,x,y,people`, where those who vote alike stand on the map, as `/opinions` tells
 * it; 404 where it is no agreement poll, 403 while it is sealed.
 */
export function pollTallyRoutes(desk: EvidenceDesk, opinions: OpinionsDesk): Router {
  const routes = Router()
  const { db, engine } = desk

  function send(res: Response, name: string, csv: string): void {
    const { demonstration } = engine.terms.policy.policy.place
    const file = `${demonstration ? 'demonstration-' : ''}${name}.csv`
    res.set('cache-control', 'no-store').attachment(file).type('text/csv').send(csv)
  }

  routes.get('/polls/:code/tallies.csv', async (req, res) => {
    const { code } = await called(db, req.params.code)
    const asking = askingFor(res, PATIENCE)
    const asked = { poll: code, question: null }
    const { row, tallies } = await countTallies(desk, { asked, at: undefined }, asking)
    send(res, code, talliesCsv(row, tallies))
  })

  routes.get('/polls/:code/breakdowns.csv', async (req, res) => {
    const row = await called(db, req.params.code)
    const { breakdowns } = await breakDown(db, row, engine)
    send(res, `${row.code}-by-group`, breakdownsCsv(row, breakdowns))
  })

  routes.get('/polls/:code/opinions.csv', async (req, res) => {
    const row = await called(db, req.params.code)
    refuseUntold(row, engine.at[1])
    send(res, `${row.code}-opinions`, opinionsCsv(await opinions.opinionsOf(row)))
  })

  return routes
}
