import { type Request, type Response, Router } from 'express'
import type { Logger } from 'pino'
import type { Deployment } from '#shared/deployment.ts'
import type { At, ViewSpec } from '#shared/view.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { targetsOf } from '../policies/targets.ts'
import { type Answer, answerView, answerWhatWasPublished } from './answer.ts'
import { askingFor, PATIENCE } from './asking.ts'
import { breaksOf } from './breaks.ts'
import { csvOf } from './csv.ts'
import { type Asking, FactsDesk } from './facts-desk.ts'
import { publicQuestion } from './public-rule.ts'
import { readAt } from './read-at.ts'
import { readQuery } from './read-query.ts'
import { streamAnswer } from './stream-answer.ts'

const NDJSON = 'application/x-ndjson'

/** What a request asks for, and under which part of the public rule it may. */
interface Asked {
  spec: ViewSpec
  at: At | undefined
  kind: ReturnType<typeof publicQuestion>
}

const NO_AT =
  'What is published by whole days is told as it was first published: it has no other past.'

interface Options extends Connections {
  engine: Engine
  log: Logger
  /** Milliseconds after which a count is given up. */
  patience?: number
}

/**
 * `GET /view?measures=…&by=…&over=…&window=…&period=previous&AREA=…&at=SEQ,MINUTE` answers an `Answer`,
 * `/view.csv` the same rows as CSV; `GET /deployment` what a page must know besides numbers. All under
 * the public rule.
 *
 * `at` asks for the past: what was shown when the journal stood at row SEQ and the clock at MINUTE (UTC
 * minutes since 1970, as every answer's `at`), under today's names, merges and time zone. The answer's
 * `basis` says `past`, or `recounted` where what was shown then followed other definitions. A range older
 * than the cube, and a past that the journal cannot be taken back to, is counted from the stored tickets:
 * a 503 after 50 s or when too many wait. With `Accept: application/x-ndjson` `/view` tells the progress.
 *
 * By a dimension that the city has not opened, and for surveys, `window=1d|7d|30d|90d` or the dates of a
 * window answers what was published of it, with `published` (see `answerPublished` for its columns).
 */
export function viewRoutes({ engine, db, sql, log, patience = PATIENCE }: Options): Router {
  const routes = Router()
  const views = { engine, db, desk: new FactsDesk(sql, engine.clock) }

  /** Throws before anything is answered, or asked of the database. */
  function read(req: Request): Asked {
    const [, text] = /\?(.*)/s.exec(req.originalUrl) ?? []
    const query = new URLSearchParams(text)
    const spec = readQuery(query)
    const at = readAt(query)
    const kind = publicQuestion(spec, engine.terms.policy.policy)
    if (kind === 'published' && at) throw new HttpError(403, NO_AT, { path: 'at' })
    if (kind === 'live') engine.understand(spec)
    return { spec, at, kind }
  }

  function answer({ kind, spec, at }: Asked, asking: Asking): Promise<Answer> {
    if (kind === 'published') return answerWhatWasPublished({ engine, db }, spec)
    return answerView(views, { spec, at }, asking)
  }

  async function sendLines(req: Request, res: Response, asking: Asking): Promise<void> {
    const asked = read(req)
    const ask = (onProgress: (share: number) => void) => answer(asked, { ...asking, onProgress })
    await streamAnswer({ res, log, ask })
  }

  routes.get('/view', async (req, res) => {
    const asking = askingFor(res, patience)
    res.set('cache-control', 'no-store').vary('accept')
    if (req.accepts('application/json', NDJSON) === NDJSON) return sendLines(req, res, asking)
    res.json(await answer(read(req), asking))
  })

  routes.get('/view.csv', async (req, res) => {
    const asked = read(req)
    const found = await answer(asked, askingFor(res, patience))
    res.set('cache-control', 'no-store').attachment(fileName(engine)).type('text/csv')
    res.send(csvOf({ id: '', ...found }, asked.spec))
  })

  routes.get('/deployment', (_req, res) => {
    res.set('cache-control', 'no-store').json(deploymentOf(engine))
  })

  return routes
}

/** What is downloaded says that it is invented also where nothing else is left of the page. */
const fileName = ({ terms }: Engine): string =>
  terms.policy.policy.place.demonstration ? 'demonstration-view.csv' : 'view.csv'

/** Members only of opened dimensions: the names alone would tell that a small group exists. */
function deploymentOf({ terms, clock, edition }: Engine): Deployment {
  const { version, policy } = terms.policy
  const { place, timeZone, minN, satisfiedFrom, opened } = policy
  const members: Deployment['members'] = Object.fromEntries(
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
    ...(members.category && {
      targets: targetsOf(
        policy,
        members.category.map(({ code }) => code),
      ),
    }),
    map: terms.hasMap && opened.includes('area'),
    breaks: breaksOf(terms.changes, clock),
    edition,
  }
}
