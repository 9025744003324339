import { Router } from 'express'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { titlesOf } from '../public-record/queries.ts'
import { withClauses } from './clauses.ts'
import { graphOf } from './graph.ts'
import { actIn } from './outcome.ts'
import { evidenceTitles, subjectOf } from './queries.ts'
import { walk } from './walk.ts'

const SUBJECT = /^[a-z][a-z-]{0,30}:[^\0]{1,600}$/

/**
 * `GET /trace/SUBJECT` answers `{subject, nodes, edges, isCut}`, for everybody: the way from a number over
 * flag, answer and suggestion to what changed, back and on from SUBJECT: `flag:12`, `suggestion:7`,
 * `evidence:HASH`, `answer:ACT`, `decision:ACT`, `implementation:ACT`, or what a link names,
 * `work-order:WO-7` (percent-encoded). At most 200 subjects each way, then `isCut`. 404 where no public act
 * is about it. The title of evidence is what it is of: `number:MEASURE`, `ticket:ID` or `group`.
 * A clause of a draft, `clause:CODE/DRAFT/ID`, is told with its name and its place, and leads on to the law that it stands in, `law:CODE`.
 *
 * What ties acts to each other is `named_in` of their bodies, in the database: `evidence`, `flag`, `flags`,
 * `suggestion`, `suggestions`, `subjects` and `links`. Later nouns join by writing these fields, by being
 * public, and by ending the kind of an outcome as `outcome.ts` lists it.
 */
export function traceRoutes({ db }: { db: Db }): Router {
  const routes = Router()

  routes.get('/trace/:subject', async (req, res) => {
    const asked = req.params.subject
    const act = actIn(asked)
    const start = act === undefined ? asked : await subjectOf(db, act)
    if (start === undefined || !SUBJECT.test(start)) throw notThere(asked)
    const way = await walk(db, start)
    const subjects = [...way.subjects]
    const titles = await titlesOf(db, subjects)
    const drawn = graphOf(way, new Map([...titles, ...(await evidenceTitles(db, subjects))]))
    const graph = await withClauses(db, drawn)
    const isKnown = way.ties.length > 0 && graph.nodes.some(({ id }) => id === asked)
    if (!isKnown) throw notThere(asked)
    res.set('cache-control', 'no-store').json({ subject: asked, ...graph, isCut: way.isCut })
  })

  return routes
}

const notThere = (subject: string): HttpError =>
  new HttpError(404, `Nothing is known of ${subject.slice(0, 100)}.`, { path: 'subject' })
