import { type Request, Router } from 'express'
import type { Deployment } from '#shared/deployment.ts'
import type { Sql } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { type Answer, answerView } from './answer.ts'
import { csvOf } from './csv.ts'
import { requirePublic } from './public-rule.ts'
import { readQuery } from './read-query.ts'

interface Views {
  engine: Engine
  sql: Sql
}

/**
 * `GET /view?measures=…&by=…&window=…&period=previous&AREA=…` answers an `Answer`, `/view.csv` the
 * same rows as CSV; `GET /deployment` what a page must know besides numbers. All under the public rule.
 */
export function viewRoutes({ engine, sql }: Views): Router {
  const routes = Router()

  async function answer(req: Request): Promise<Answer> {
    const [, query] = /\?(.*)/s.exec(req.originalUrl) ?? []
    const spec = readQuery(new URLSearchParams(query))
    requirePublic(spec, engine.terms.policy.policy.opened)
    return answerView(engine, sql, spec)
  }

  routes.get('/view', async (req, res) => {
    res.set('cache-control', 'no-store').json(await answer(req))
  })

  routes.get('/view.csv', async (req, res) => {
    const found = await answer(req)
    res.set('cache-control', 'no-store').attachment('view.csv').type('text/csv')
    res.send(csvOf({ id: '', ...found }))
  })

  routes.get('/deployment', (_req, res) => {
    res.set('cache-control', 'no-store').json(deploymentOf(engine))
  })

  return routes
}

/** Members only of opened dimensions: the names alone would tell that a small group exists. */
function deploymentOf({ terms, clock, edition }: Engine): Deployment {
  const { version, policy } = terms.policy
  const { place, timeZone, minN, satisfiedFrom, opened } = policy
  const members = Object.fromEntries(
    opened.map((dimension) => [dimension, terms.directory.membersOf(dimension)]),
  )
  return {
    place,
    timeZone,
    clock,
    policyVersion: version,
    minN,
    satisfiedFrom,
    opened,
    members,
    edition,
  }
}
