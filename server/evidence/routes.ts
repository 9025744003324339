import { json, Router } from 'express'
import { type About, Claim, type Weighed } from '#shared/oversight/evidence.ts'
import { Hash } from '#shared/oversight/frozen.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { askingFor } from '../views/asking.ts'
import type { EvidenceDesk } from './desk.ts'
import { weigh } from './freeze.ts'
import { reopen } from './reopen.ts'

/** Milliseconds that today's number may take beside what is kept. */
const PATIENCE = 15_000

/**
 * `POST /evidence` takes a `Claim` and answers `Weighed`: what would be frozen of it; keeps nothing. 400 names
 * what is wrong, 403 what is not public or still sealed, 404 no such ticket, provision, group or poll, 409 what was not shown.
 * `GET /evidence/HASH` answers `Reopened`: evidence as it was frozen, and the same question today. 404.
 */
export function evidenceRoutes(desk: EvidenceDesk, patience = PATIENCE): Router {
  const routes = Router()

  routes.post('/evidence', json({ limit: '64kb' }), async (req, res) => {
    if (req.body === undefined) throw new HttpError(415, 'Send a claim as application/json.')
    const { hash, evidence, about, texts } = await weigh(
      desk,
      parse(Claim, req.body),
      askingFor(res, patience),
    )
    const { directory } = desk.engine.terms
    const place = codesOf(about, (id) => directory.codeOf(directory.rootOf(id)))
    const said = Object.fromEntries(texts.map(({ name, text }) => [name, text]))
    const weighed: Weighed = { hash, evidence, place, texts: said }
    res.set('cache-control', 'no-store').json(weighed)
  })

  routes.get('/evidence/:hash', async (req, res) => {
    const { success, data: hash } = Hash.safeParse(req.params.hash)
    if (!success) throw new HttpError(404, 'There is no evidence of this fingerprint.')
    res.set('cache-control', 'no-store')
    res.json(await reopen(desk, hash, askingFor(res, patience)))
  })

  return routes
}

const codesOf = (about: About, codeOf: (id: number) => string): Weighed['place'] =>
  Object.fromEntries(
    Object.entries(about).map(([dimension, id]) => [dimension, codeOf(id as number)]),
  )
