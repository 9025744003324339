import { Router } from 'express'
import { z } from 'zod'
import { sql } from 'kysely'
import { clauseIn } from '#shared/consultations/clause.ts'
import { clausesCalled, clausesOf } from '../consultations/clauses.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { actsWhere } from '../public-record/queries.ts'
import { toldAct } from '../public-record/told.ts'
import { boardOf } from './board.ts'
import { BoardQuery, conditionsOf, cursorOf, ListQuery, readCursor } from './question.ts'
import {
  consultationsUnder,
  similarSuggestions,
  suggestionById,
  type SuggestionRow,
  suggestionsWhere,
} from './queries.ts'
import { toldEndorsements, toldSuggestion } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
}

const Id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const Draft = z.strictObject({ text: z.string('is missing').trim().min(3).max(2000) })

/** Suggestions that are shown before another is submitted. */
const MOST_ALIKE = 5

/**
 * For everybody; members by code, times in ISO 8601.
 *
 * `GET /suggestions?state=&agency=&area=&category=&target=&author=&late=true&q=&sort=newest|endorsements|
 * deadline&limit=&after=`: `{suggestions, next}`; lists by commas, `(none)`
 * for what names no member, `next` goes into `after`, null at the end.
 * `GET /suggestions/ID`: `{suggestion, endorsements, acts, clauses}`, the acts in their order, and what the clauses of
 * drafts that it links are called; 404.
 * `GET /suggestions/ID/clauses`: `{clauses}`, those of the newest draft of what its evidence is of; 404.
 * `GET /suggestions/board?agency=&area=&category=`: `{asOf, states: [{state, count, late, oldestAt,
 * medianAt, nextDueBy, suggestions}]}`, every state, with the ten that are due next or came last.
 * `GET /suggestions/similar?text=`: `{similar: [{likeness, suggestion}]}`, five at most, the likest first.
 */
export function readSuggestionRoutes({ db, directory }: Parts): Router {
  const routes = Router()

  routes.get('/suggestions', async (req, res) => {
    const asked = parse(ListQuery, { ...req.query })
    const { sort, limit } = asked
    const where = conditionsOf(asked, directory())
    const after = readCursor(asked)
    const found = await suggestionsWhere(db, { where, sort, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const last = page.at(-1)
    res.set('cache-control', 'no-store').json({
      suggestions: page.map((row) => toldSuggestion(row, directory())),
      next: found.length > limit ? cursorOf(sort, { value: last!.sorted, id: last!.id }) : null,
    })
  })

  routes.get('/suggestions/board', async (req, res) => {
    const where = conditionsOf(parse(BoardQuery, { ...req.query }), directory())
    res.set('cache-control', 'no-store').json(await boardOf(db, where, directory()))
  })

  routes.get('/suggestions/similar', async (req, res) => {
    const { text } = parse(Draft, { ...req.query })
    const similar = await similarSuggestions(db, text, MOST_ALIKE)
    res.set('cache-control', 'no-store').json({
      similar: similar.map(({ row, likeness }) => ({
        likeness,
        suggestion: toldSuggestion(row, directory()),
      })),
    })
  })

  routes.get('/suggestions/:id', async (req, res) => {
    const row = await suggestionIn(req.params.id)
    const subject = `suggestion:${row.id}`
    const of = [sql`subject = ${subject}`]
    const acts = await actsWhere(db, of, { limit: 1000, order: 'asc' })
    res.set('cache-control', 'no-store').json({
      suggestion: toldSuggestion(row, directory()),
      endorsements: toldEndorsements(row),
      acts: acts.map((act) => toldAct(act, { directory: directory(), opened: [] })),
      clauses: await clausesCalled(
        db,
        row.state.links.flatMap(({ kind, to }) => (kind === 'clause' && clauseIn(to)) || []),
      ),
    })
  })

  routes.get('/suggestions/:id/clauses', async (req, res) => {
    const { id } = await suggestionIn(req.params.id)
    const clauses = await clausesOf(db, await consultationsUnder(db, id))
    res.set('cache-control', 'no-store').json({ clauses })
  })

  async function suggestionIn(told: string): Promise<SuggestionRow> {
    const id = Id.safeParse(told).data
    const row = id === undefined ? undefined : await suggestionById(db, id)
    if (!row) throw new HttpError(404, `There is no suggestion ${told.slice(0, 20)}.`)
    return row
  }

  return routes
}
