import express, { type RequestHandler, Router } from 'express'
import { BroughtDraft } from '#shared/consultations/events.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { isCurrently } from '../appointments/queries.ts'
import { oneAtATime } from '../attachments/one-at-a-time.ts'
import { readBody } from '../attachments/read-body.ts'
import { placeOf } from '../dimensions/place.ts'
import { called } from '../consultations/called.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { bringDraft } from './bring-draft.ts'
import { type DraftFile, readDraftFile } from './read-draft-file.ts'
import { DraftRefusal } from './refusal.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

/**
 * For the secretariat; 401 and 403 as acts are refused.
 * `POST /drafts/reading`, the body a file as it is (.docx, .md or .txt, 10 MB): 200 `{text, provisions, leftOut}`,
 * what it would be as a draft; nothing is kept. 400 names the line that is no draft · 411 · 413 larger than a
 * draft can be, packed or unpacked · 415 neither a Word document nor text · 429 with `Retry-After`.
 * `POST /consultations/CODE/drafts` `{texts: {LANGUAGE: text}, publishedAt?}`, with an `Idempotency-Key`: 201
 * `{act, draft, isRepeated}`. It is the consultation's next draft; 409 when another came at the same time.
 */
export function draftRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '9mb' })
  const signedIn: RequestHandler = async (req, _res, next) => {
    await requirePerson(personOf, req)
    next()
  }
  const oneByOne = oneAtATime()
  const files = rateLimit({ windows: [{ points: 60, seconds: 600 }], of: 'files from you' })

  routes.post('/drafts/reading', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    await requireSecretariat(db, person)
    const read = await oneByOne(person, async () => {
      await files.spend(person)
      return readDraftFile(await readBody(req)).catch(refuse)
    })
    res.set('cache-control', 'no-store').json(read satisfies DraftFile)
  })

  routes.post('/consultations/:code/drafts', signedIn, json, async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const consultation = await called(db, String(req.params.code))
    const draft = parse(BroughtDraft, req.body)
    const place = placeOf(consultation, directory())
    const bringing = { person, key, consultation, place, draft }
    const { act, state, isRepeated } = await bringDraft(db, bringing)
    res.status(201).json({ act, draft: state.draft, isRepeated })
  })

  return routes
}

/** Before a body is read at all; the act itself is allowed or refused where it is done. */
async function requireSecretariat(db: Db, person: string): Promise<void> {
  if (await isCurrently(db, person, 'secretariat')) return
  throw new HttpError(403, 'This is for the secretariat.', { code: 'appointment.role' })
}

function refuse(error: unknown): never {
  if (error instanceof DraftRefusal) throw new HttpError(error.status, error.message)
  throw error
}
