import { type Request, Router } from 'express'
import { isStorable, longest } from '#shared/events.ts'
import { type SearchAnswer, type SearchHit, ticketPath } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { findMembers } from './find-members.ts'
import { openIndex } from './index-named.ts'
import { findNamed } from './named.ts'
import { ticketsBeginning } from './queries.ts'

const MOST = 20
/** Of them so many members at most: a ticket of exactly this id is never crowded out. */
const MOST_MEMBERS = 12
/** And of consultations, polls and articles. */
const MOST_NAMED = 6

interface Options {
  db: Db
  engine: Engine
  markOf: MarkOf
}

/**
 * `GET /search?q=TEXT`: members of opened dimensions by code or name in any language, tickets by the
 * beginning of their id, neither where the city opens no dimension; consultations, polls, and the articles of
 * drafts by number and heading, which everybody may read. As `SearchAnswer`. 400 without a text, or for one
 * longer than an id may be.
 */
export function searchRoutes({ db, engine, markOf }: Options): Router {
  const routes = Router()
  const index = openIndex(db)

  routes.get('/search', async (req, res) => {
    const text = readText(req)
    const { directory, policy } = engine.terms
    const { opened } = policy.policy
    const members = findMembers(text, opened, directory).slice(0, MOST_MEMBERS)
    const named = findNamed(text, await index.asOf(directory)).slice(0, MOST_NAMED)
    const limit = MOST - members.length - named.length
    const tickets = opened.length === 0 ? [] : await ticketsBeginning(db, text, limit)
    const found = tickets.map(({ sourceId, id, status }): SearchHit => {
      const mark = markOf(sourceId, id)
      const address = `/${ticketPath({ mark, id })}`
      return { kind: 'ticket', code: id, names: {}, address, mark, status }
    })
    res.set('cache-control', 'no-store')
    res.json({ hits: [...members, ...named, ...found] } satisfies SearchAnswer)
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
