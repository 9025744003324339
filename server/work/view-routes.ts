import { Router } from 'express'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { appointmentsOf } from '../appointments/queries.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { answerView } from '../views/answer.ts'
import { askingFor, PATIENCE } from '../views/asking.ts'
import { FactsDesk } from '../views/facts-desk.ts'
import { readAt } from '../views/read-at.ts'
import { readQuery } from '../views/read-query.ts'
import { isWithin } from './within.ts'

interface Parts extends Connections {
  engine: Engine
  personOf: PersonOf
}

/**
 * `GET /work/view?measures=…&by=…&agency=…`: what `/view` takes and answers, exact and by any dimension, for
 * what lies within the jurisdiction of a current appointment of who asks. 401 without a session; 403 for
 * what lies beyond: what a jurisdiction is narrowed to must stand in the question's filters.
 */
export function workViewRoutes({ engine, db, sql, personOf }: Parts): Router {
  const views = { engine, db, desk: new FactsDesk(sql, engine.clock) }

  return Router().get('/work/view', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const query = new URLSearchParams(/\?(.*)/s.exec(req.originalUrl)?.[1])
    const [spec, at] = [readQuery(query), readAt(query)]
    const held = (await appointmentsOf(db, id)).filter(({ standing }) => standing === 'current')
    const { directory } = engine.terms
    if (!held.some(({ state }) => isWithin(spec, state.jurisdiction, directory))) {
      throw new HttpError(403, BEYOND)
    }
    const answer = await answerView(views, { spec, at }, askingFor(res, PATIENCE))
    res.set('cache-control', 'no-store').json(answer)
  })
}

const BEYOND =
  'This lies beyond your jurisdiction. Ask only for the agencies, areas and categories of a current appointment of yours.'
