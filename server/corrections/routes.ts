import express, { Router } from 'express'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import type { Db } from '../db/connect.ts'
import { placeOf } from '../dimensions/place.ts'
import { findTicket } from '../explorer/ticket-page.ts'
import { parse } from '../http/parse.ts'
import type { Engine } from '../live/engine.ts'
import { eyeOf } from '../tickets/eye.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { requireSingle } from '../tickets/public-ticket.ts'
import { changesFrom } from './changes.ts'
import { correct } from './correct.ts'
import { CorrectionForm } from './form.ts'

interface Parts {
  db: Db
  engine: Engine
  markOf: MarkOf
  personOf: PersonOf
}

/**
 * `POST /tickets/MARK/ID/corrections`, of officials of the agency whose ticket it is and of the secretariat, with an
 * `Idempotency-Key`: `{from, to, reason, flag?, version?}`, as `form.ts` has it; 201 `{act, ticket, isRepeated}`. 400
 * names the field that is wrong, as `to.closedAt`; 403 where no appointment allows it, where the ticket lies or where it
 * would; 404; 409 where the ticket is not as `from` says any more, or the flag's life does not allow it.
 */
export function correctionRoutes({ db, engine, markOf, personOf }: Parts): Router {
  const routes = Router()
  routes.post(
    '/tickets/:mark/:id/corrections',
    express.json({ limit: '200kb' }),
    async (req, res) => {
      const { id: person } = await requirePerson(personOf, req)
      const key = idempotencyKey(req)
      const { policy } = engine.terms.policy
      const { directory } = engine.terms
      requireSingle(policy)
      const form = parse(CorrectionForm, req.body)
      const { mark, id } = req.params as { mark: string; id: string }
      const row = await findTicket({ mark, id }, { db, eye: eyeOf(engine, markOf) })
      const ticket = `${mark}/${id}`
      const { act, isRepeated } = await correct(db, {
        ...{ person, key, address: ticket, directory, ticket: row },
        ...{ flag: form.flag, version: form.version, reason: form.reason },
        changes: changesFrom(form, { directory, opened: policy.opened }),
        place: placeOf(row, directory),
        now: Math.floor(engine.asOf),
      })
      res.status(201).json({ act, ticket, isRepeated })
    },
  )
  return routes
}
