import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { withholdReasons } from '#shared/consultations/comment.ts'
import type { ToldAdded } from '#shared/polls/told.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { appointed, perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { placeOf } from '../dimensions/place.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { called } from './called.ts'
import { noteStatementsRead } from './note-statements-read.ts'
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
 * Statements that people added to a poll, for the secretariat, within the jurisdiction of its appointments; 401 and 403 as acts
 * are refused, 404 where there is none. Which of them that are not published were read, and by whom, is noted.
 * `GET /polls/CODE/waiting`: `{statements, decided}`: those that nobody has decided about, as they came; and the newest others.
 * `POST /polls/CODE/statements/ID/moderation` `{status, reason?}`, with an `Idempotency-Key`: 201 `{act, isRepeated}`.
 * People vote on what is published from then on; 409 where it stands so already.
 */
export function pollActRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '10kb' })

  routes.get('/polls/:code/waiting', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const poll = await called(db, req.params.code)
    await appointed(db, { ...placeOf(poll, directory()), person, kind: 'statement.moderated' })
    const named = <Row extends { code: string }>({ code, ...row }: Row) => ({ id: code, ...row })
    const statements = (await waitingStatements(db, poll.id)).map(named)
    const decided = (await decidedStatements(db, poll.id)).map(named)
    const withheld = decided.filter(({ reason }) => reason !== null)
    const of = [...statements, ...withheld].map(({ id }) => `${poll.code}/${id}`)
    await noteStatementsRead(db, person, of)
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
