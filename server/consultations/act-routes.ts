import { Router } from 'express'
import { z } from 'zod'
import type { Match } from '#shared/consultations/match-drafts.ts'
import type { AwaitedDraft } from '#shared/consultations/told.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { called } from './called.ts'
import { confirmDraft } from './confirm-draft.ts'
import { confirmationNoun } from './confirmation-noun.ts'
import { type ConsultationRow, draftsOf } from './consultation-queries.ts'
import { placeOf } from './place.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

const DraftNumber = z.coerce.number('is a number').int().min(1).max(50)

/**
 * Drafts that wait for the secretariat; 401 and 403 as acts are refused, 404 where there is none.
 * `GET /consultations/CODE/awaited`: `{draft}`, the first that is not shown, the one before it and what was
 * found to have become of its provisions; null: none waits.
 * `POST /consultations/CODE/drafts/NUMBER/confirmation`, with an `Idempotency-Key`: 201 `{act, isRepeated}`. The
 * draft is shown from then on, and comments go on with the provisions that were matched. 409 where it was
 * confirmed already, and while one before it waits.
 */
export function consultationActRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/awaited', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, person, 'secretariat'))) {
      throw new HttpError(403, 'This is for the secretariat.')
    }
    const row = await called(db, req.params.code)
    res.set('cache-control', 'no-store').json({ draft: await awaitedOf(db, row) })
  })

  routes.post('/consultations/:code/drafts/:number/confirmation', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const row = await called(db, req.params.code)
    const number = parse(DraftNumber, req.params.number)
    const drafts = await draftsOf(db, row.id)
    const draft = drafts.find((one) => one.number === number)
    if (!draft) throw new HttpError(404, 'There is no such draft.')
    const before = drafts.find((one) => one.number < number && one.confirmedAt === null)
    if (before) throw new HttpError(409, `Draft ${before.number} waits: confirm it first.`)
    const { act, isRepeated } = await perform(db, {
      person,
      key,
      noun: confirmationNoun,
      deed: {
        kind: 'draft.confirmed',
        body: {
          ...placeOf(row, directory()),
          consultation: row.code,
          draft: number,
          became: draft.matches && countOf(draft.matches),
        },
        texts: {},
      },
      also: (trx) => show(trx, row.id, number),
    })
    res.status(201).json({ act, isRepeated })
  })

  return routes
}

async function show(trx: Db, consultation: number, number: number): Promise<void> {
  if (await confirmDraft(trx, consultation, number)) return
  throw new HttpError(409, 'It was confirmed already: look again.', { code: 'done-already' })
}

async function awaitedOf(db: Db, { id }: ConsultationRow): Promise<AwaitedDraft | null> {
  const drafts = await draftsOf(db, id)
  const draft = drafts.find(({ confirmedAt }) => confirmedAt === null)
  if (!draft) return null
  const { number, publishedAt, texts, matches } = draft
  const before = drafts.find((one) => one.number === number - 1)
  return { number, publishedAt, texts, matches, before: before?.texts ?? null }
}

function countOf(matches: readonly Match[]): Partial<Record<Match['kind'], number>> {
  const kinds = Map.groupBy(matches, ({ kind }) => kind)
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}
