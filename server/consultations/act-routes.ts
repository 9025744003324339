import express, { Router } from 'express'
import { z } from 'zod'
import { CorrectionError, correctMatches } from '#shared/consultations/correct-matches.ts'
import { inOneLanguage } from '#shared/consultations/in-one-language.ts'
import type { Match } from '#shared/consultations/match-drafts.ts'
import type { AwaitedDraft } from '#shared/consultations/told.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { appointed, perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { called } from './called.ts'
import { confirmDraft } from './confirm-draft.ts'
import { confirmationNoun } from './confirmation-noun.ts'
import {
  type ConsultationRow,
  draftsOf,
  type DraftRow,
  setMatches,
} from './consultation-queries.ts'
import { placeOf } from '../dimensions/place.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

const provisionId = z.string().min(1).max(40)
const Confirmed = z.strictObject({
  continues: z.record(provisionId, z.array(provisionId).max(20)).default({}),
})

const DraftNumber = z.coerce.number('is a number').int().min(1).max(50)

/**
 * Drafts that wait for the secretariat; 401 and 403 as acts are refused, 404 where there is none.
 * `GET /consultations/CODE/awaited`: `{draft}`, the first that is not shown, the one before it and what was
 * found to have become of its provisions; null: none waits.
 * `POST /consultations/CODE/drafts/NUMBER/confirmation` `{continues?}`, with an `Idempotency-Key`: 201 `{act, isRepeated}`.
 * The draft is shown from then on, and comments go on with the provisions that were matched; `continues` corrects that
 * first: of provisions of this draft, by id, the ids of those before that they go on from. 400 where it cannot be so, 409
 * where it was confirmed already, and while one before it waits.
 */
export function consultationActRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '200kb' })

  routes.get('/consultations/:code/awaited', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const row = await called(db, req.params.code)
    await appointed(db, { ...placeOf(row, directory()), person, kind: 'draft.confirmed' })
    res.set('cache-control', 'no-store').json({ draft: await awaitedOf(db, row) })
  })

  routes.post('/consultations/:code/drafts/:number/confirmation', json, async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const { continues } = parse(Confirmed, req.body ?? {})
    const row = await called(db, String(req.params.code))
    const number = parse(DraftNumber, req.params.number)
    const drafts = await draftsOf(db, row.id)
    const draft = drafts.find((one) => one.number === number)
    if (!draft) throw new HttpError(404, 'There is no such draft.')
    const before = drafts.find((one) => one.number < number && one.confirmedAt === null)
    if (before) throw new HttpError(409, `Draft ${before.number} waits: confirm it first.`)
    const matches = matchesOf(drafts, draft, continues)
    const corrected = Object.keys(continues).length
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
          became: matches && countOf(matches),
          ...(corrected > 0 && { corrected }),
        },
        texts: {},
      },
      also: (trx) => show(trx, row.id, { number, matches }),
    })
    res.status(201).json({ act, isRepeated })
  })

  return routes
}

/** As proposed, or as the secretariat corrects it; null of a first draft. Throws a 400. */
function matchesOf(
  drafts: readonly DraftRow[],
  { number, texts, matches }: DraftRow,
  continues: z.infer<typeof Confirmed>['continues'],
): readonly Match[] | null {
  const last = drafts.find((one) => one.number === number - 1)
  if (!matches || !last) return matches
  const [before, after] = inOneLanguage(last.texts, texts)
  try {
    return correctMatches(matches, continues, { before, after })
  } catch (error) {
    if (!(error instanceof CorrectionError)) throw error
    throw new HttpError(400, `${error.where} ${error.message}.`, {
      path: `continues.${error.where}`,
    })
  }
}

type Shown = Pick<DraftRow, 'number' | 'matches'>

async function show(trx: Db, consultation: number, { number, matches }: Shown): Promise<void> {
  if (matches) await setMatches(trx, consultation, { number, matches })
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
