import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { Hash } from '#shared/oversight/frozen.ts'
import { grounds, type WithholdingDeed } from '#shared/oversight/withholding.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import { noSubject } from '../acts/refusal.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { withholdingNoun } from './noun.ts'
import { removeFile, removeTexts, type Written, writtenIn } from './queries.ts'

interface Parts {
  db: Db
  personOf: PersonOf
}

const ActId = z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER)

const why = {
  ground: z.enum(grounds, `must be one of ${grounds.join(', ')}`),
  /** The order or the document; empty is none. */
  reason: z
    .string()
    .max(2000, 'must have 2000 characters at most')
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null),
}

const WithheldFile = z.strictObject(why)
const WithheldTexts = z.strictObject({
  ...why,
  /** By their names in the act; null: all of them. */
  texts: z
    .array(z.string().max(50))
    .min(1, 'must name one at least, or be null for all')
    .max(10)
    .refine((all) => new Set(all).size === all.length, 'must name each once')
    .nullable()
    .default(null),
})

/** What is to be done, and what removes it. */
interface Told {
  deed: WithholdingDeed
  also: (trx: Db) => Promise<void>
}
type Read = (req: Request, written: Under) => Told
type Under = Written & { act: number }

/**
 * For the secretariat, with an `Idempotency-Key`; each answers 201 `{act, isRepeated}`, and is told to whoever is
 * told of the act: when, and on which ground. 400 names the field; 401, 403 and 404 as acts are refused; 409 where
 * it was taken down already.
 *
 * `POST /acts/ID/withholding` `{ground, texts?, reason?}`: the texts of that act and their salts are removed for
 * ever; the act, its hash and its commitments stay. `POST /acts/ID/files/HASH/withholding` `{ground, reason?}`: a
 * file that the act names is removed for ever, also for every other act that names it; its hash stays, and nobody
 * brings it again.
 */
export function withholdingRoutes({ db, personOf }: Parts): Router {
  const json = express.json({ limit: '20kb' })
  const act = (read: Read) => async (req: Request) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const target = parse(ActId, req.params.id)
    const written = await writtenIn(db, target)
    if (!written) throw noSubject('act', target)
    const told = read(req, { act: target, ...written })
    const { act, isRepeated } = await perform(db, { person, key, noun: withholdingNoun, ...told })
    return { act, isRepeated }
  }
  const texts = act(ofTexts)
  const file = act(ofFile)

  return Router()
    .post('/acts/:id/withholding', json, async (req, res) => {
      res.status(201).json(await texts(req))
    })
    .post('/acts/:id/files/:hash/withholding', json, async (req, res) => {
      res.status(201).json(await file(req))
    })
}

function ofTexts({ body: form }: Request, { act, subject, texts: written }: Under): Told {
  const { ground, reason, texts: asked } = parse(WithheldTexts, form)
  const body = { act, of: subject, texts: chosen(asked, written ?? []), ground }
  return {
    deed: { kind: 'text.withheld', body, texts: { reason } },
    also: async (trx) => requireRemoved(await removeTexts(trx, body), body.texts.length),
  }
}

function ofFile({ params, body: form }: Request, { act, subject, files }: Under): Told {
  const { success, data: file } = Hash.safeParse(params.hash)
  if (!success || !files?.includes(file)) {
    throw new HttpError(404, 'The act has no such file.', { code: 'nothing-here' })
  }
  const { ground, reason } = parse(WithheldFile, form)
  return {
    deed: {
      kind: 'file.withheld',
      body: { act, of: subject, file, ground },
      texts: { reason },
    },
    also: async (trx) => requireRemoved(await removeFile(trx, file), 1),
  }
}

/** Throws a 400 for a text that the act does not have, or where it has none. */
function chosen(asked: readonly string[] | null, written: readonly string[]): string[] {
  const texts = asked ?? written
  const place = texts.findIndex((name) => !written.includes(name))
  if (place !== -1) {
    throw new HttpError(400, 'The act has no such text.', { path: `texts.${place}` })
  }
  if (texts.length > 0) return [...texts]
  throw new HttpError(400, 'Nothing was written with this act.', { path: 'texts' })
}

function requireRemoved(removed: number, wanted: number): void {
  if (removed === wanted) return
  throw new HttpError(409, 'It was taken down already: look again.', { code: 'text.gone' })
}
