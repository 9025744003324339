import { type Request, type Response, Router } from 'express'
import { type TicketDetail, type TicketGroups, type TicketList } from '#shared/tickets.ts'
import type { Connections } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { eyeOf } from '../tickets/eye.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { iso, requireSingle } from '../tickets/public-ticket.ts'
import { conditionsOf } from './conditions.ts'
import { fewAtOnce } from './few-at-once.ts'
import { groupTickets } from './groups.ts'
import { knowing } from './knowing.ts'
import { listPage } from './list.ts'
import { readListQuestion } from './question.ts'
import { requirePublic } from './require-public.ts'
import { ticketPage } from './ticket-page.ts'
import { groupsCsv, writeTicketsCsv } from './tickets-csv.ts'
import { totalOf } from './total.ts'

interface Options extends Connections {
  engine: Engine
  markOf: MarkOf
  /** Milliseconds after which a download is cut off. */
  patience?: number
}

/** A download keeps a connection and what the database would clear away. */
const PATIENCE = 10 * 60_000

/**
 * `GET /tickets`, `/tickets?by=…`, `/tickets.csv` and `/tickets/:mark/:id`: single tickets, as the public may
 * see them. Shapes and parameters: `shared/tickets.ts`. 403 where the city opens no dimension, and for one
 * that it does not open; 400 names the parameter; 503 when too many ask for what takes long.
 */
export function explorerRoutes({ db, sql, engine, markOf, patience = PATIENCE }: Options): Router {
  const routes = Router()
  const knows = knowing(engine, markOf)
  const counting = fewAtOnce({ atOnce: 2, waiting: 40 })
  const downloading = fewAtOnce({ atOnce: 3, waiting: 20 })

  /** Throws before the database is asked. */
  function read(req: Request) {
    const { policy } = engine.terms.policy
    requireSingle(policy)
    const question = readListQuestion(queryOf(req))
    requirePublic(question, policy)
    const now = Math.floor(engine.asOf)
    const where = conditionsOf(question, engine.terms, { now, minute: engine.at[1] })
    return { question, db, eye: eyeOf(engine, markOf), knows, now, where }
  }

  const answered = (now: number) => ({
    asOf: iso(now),
    demonstration: engine.terms.policy.policy.place.demonstration,
  })

  const startFile = (res: Response) =>
    res.set('cache-control', 'no-store').attachment(fileName(engine)).type('text/csv')

  routes.get('/tickets', async (req, res) => {
    const { question, now, ...looking } = read(req)
    res.set('cache-control', 'no-store')
    if (question.by) {
      const { by } = question
      const counted = await counting(goneWith(res), () => groupTickets(db, by, looking))
      return void res.json({ ...answered(now), ...counted } satisfies TicketGroups)
    }
    const total = question.after || question.before ? undefined : totalOf(question, engine)
    const { sort, order } = question
    const page = await listPage(question, { ...looking, now })
    const known = total === undefined ? {} : { total }
    res.json({ ...answered(now), sort, order, ...page, ...known } satisfies TicketList)
  })

  routes.get('/tickets.csv', async (req, res) => {
    const { question, ...looking } = read(req)
    requireWhole(queryOf(req))
    const { by } = question
    if (by) {
      const counted = await counting(goneWith(res), () => groupTickets(db, by, looking))
      return void startFile(res).send(groupsCsv(counted))
    }
    const signal = AbortSignal.any([goneWith(res), AbortSignal.timeout(patience)])
    await downloading(signal, async () => {
      startFile(res)
      await writeTicketsCsv(res, question, { ...looking, sql, signal }).catch(cutOff(res))
      res.end()
    })
  })

  routes.get('/tickets/:mark/:id', async (req, res) => {
    requireSingle(engine.terms.policy.policy)
    const now = Math.floor(engine.asOf)
    const page = await ticketPage(req.params, { db, now, knows, eye: eyeOf(engine, markOf) })
    res.set('cache-control', 'no-store')
    res.json({ ...answered(now), ...page } satisfies TicketDetail)
  })

  return routes
}

function queryOf(req: Request): URLSearchParams {
  const [, text] = /\?(.*)/s.exec(req.originalUrl) ?? []
  return new URLSearchParams(text)
}

/** A file is the whole list, or counts all of it. */
function requireWhole(query: URLSearchParams): void {
  const path = ['limit', 'after', 'before'].find((name) => query.has(name))
  if (path === undefined) return
  throw new HttpError(400, `A file holds the whole list: it takes no ${path}.`, { path })
}

function goneWith(res: Response): AbortSignal {
  const gone = new AbortController()
  res.on('close', () => gone.abort(new HttpError(503, 'Nobody waits for this answer any more.')))
  return gone.signal
}

/** What has begun can only be cut off, so that nobody takes a part for the whole. */
const cutOff = (res: Response) => (error: unknown) => {
  if (!res.headersSent) throw error
  res.destroy(error instanceof Error ? error : undefined)
}

/** What is downloaded says that it is invented also where nothing else is left of the page. */
const fileName = ({ terms }: Engine): string =>
  terms.policy.policy.place.demonstration ? 'demonstration-tickets.csv' : 'tickets.csv'
