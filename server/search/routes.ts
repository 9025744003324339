import { type Request, Router } from 'express'
import { isStorable, longest } from '#shared/events.ts'
import { type SearchAnswer, type SearchHit, ticketPath } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { findMembers } from './find-members.ts'
import { ticketsBeginning } from './queries.ts'

const MOST = 20
/** Of them so many members at most: a ticket of exactly this id is never crowded out. */
const MOST_MEMBERS = 12

interface Options {
  db: Db
  engine: Engine
  markOf: MarkOf
}

/**
 * `GET /search?q=TEXT`: members of opened dimensions by code or name in any language, and tickets by the
 * beginning of their id, as `SearchAnswer`; nothing where the city opens no dimension. 400 without a text,
 * or for one longer than an id may be.
 */
export function searchRoutes({ db, engine, markOf }: Options): Router {
  const routes = Router()

  routes.get('/search', async (req, res) => {
    const text = readText(req)
    const { opened } = engine.terms.policy.policy
    const members = findMembers(text, opened, engine.terms.directory).slice(0, MOST_MEMBERS)
    const limit = MOST - members.length
    const tickets = opened.length === 0 ? [] : await ticketsBeginning(db, text, limit)
    const found = tickets.map(({ sourceId, id, status }): SearchHit => {
      const mark = markOf(sourceId, id)
      const address = `/${ticketPath({ mark, id })}`
      return { kind: 'ticket', code: id, names: {}, address, mark, status }
    })
    res.set('cache-control', 'no-store')
    res.json({ hits: [...members, ...found] } satisfies SearchAnswer)
  })

  return routes
}

function readText(req: Request): string {
  const [, query] = /\?(.*)/s.exec(req.originalUrl) ?? []
  const asked = new URLSearchParams(query)
  const text = asked.get('q')?.trim() ?? ''
  const isOne = [...asked.keys()].join() === 'q'
  if (isOne && text !== '' && text.length <= longest.id && isStorable(text)) return text
  const why = `Search for one text q of up to ${longest.id} characters.`
  throw new HttpError(400, why, { path: 'q' })
}
