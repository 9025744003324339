import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { withholdReasons } from '#shared/consultations/comment.ts'
import type { ToldAdded } from '#shared/polls/told.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { called } from './called.ts'
import { ruleOn } from './rule-on.ts'
import { rulingNoun } from './ruling-noun.ts'
import { addedStatement, decidedStatements, waitingStatements } from './statement-queries.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

const Moderated = z
  .strictObject({
    status: z.enum(['published', 'withheld'], 'must be published or withheld'),
    reason: z
      .enum(withholdReasons, `must be one of ${withholdReasons.join(', ')}`)
      .nullable()
      .default(null),
  })
  .refine(({ status, reason }) => (status === 'withheld') === (reason !== null), {
    path: ['reason'],
    message: 'must be told of what is withheld, and of nothing else',
  })

/**
 * Statements that people added to a poll, for the secretariat; 401 and 403 as acts are refused, 404 where there is none.
 * `GET /polls/CODE/waiting`: `{statements, decided}`: those that nobody has decided about, as they came; and the newest others.
 * `POST /polls/CODE/statements/ID/moderation` `{status, reason?}`, with an `Idempotency-Key`: 201 `{act, isRepeated}`.
 * People vote on what is published from then on; 409 where it stands so already.
 */
export function pollActRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '10kb' })

  routes.get('/polls/:code/waiting', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, person, 'secretariat'))) {
      throw new HttpError(403, 'This is for the secretariat.')
    }
    const poll = await called(db, req.params.code)
    const named = <Row extends { code: string }>({ code, ...row }: Row) => ({ id: code, ...row })
    const statements = (await waitingStatements(db, poll.id)).map(named)
    const decided = (await decidedStatements(db, poll.id)).map(named)
    const told: ToldAdded = { statements, decided }
    res.set('cache-control', 'no-store').json(told)
  })

  routes.post(
    '/polls/:code/statements/:statement/moderation',
    json,
    async (req: Request<{ code: string; statement: string }>, res) => {
      const { id: person } = await requirePerson(personOf, req)
      const key = idempotencyKey(req)
      const verdict = parse(Moderated, req.body)
      const poll = await called(db, req.params.code)
      const statement = await addedStatement(db, poll.id, req.params.statement)
      if (!statement) throw new HttpError(404, 'Nobody added such a statement.')
      const ruling = ruleOn({ poll, statement, verdict }, directory())
      const { act, isRepeated } = await perform(db, { person, key, noun: rulingNoun, ...ruling })
      res.status(201).json({ act, isRepeated })
    },
  )

  return routes
}
