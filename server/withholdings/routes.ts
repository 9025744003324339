import express, { Router } from 'express'
import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { grounds } from '#shared/oversight/withholding.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import { noSubject } from '../acts/refusal.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { withholdingNoun } from './noun.ts'
import { removeTexts, writtenIn } from './queries.ts'

interface Parts {
  db: Db
  personOf: PersonOf
}

const ActId = z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER)

const Withheld = z.strictObject({
  ground: z.enum(grounds, `must be one of ${grounds.join(', ')}`),
  /** By their names in the act; null: all of them. */
  texts: z
    .array(z.string().max(50))
    .min(1, 'must name one at least, or be null for all')
    .max(10)
    .refine((all) => new Set(all).size === all.length, 'must name each once')
    .nullable()
    .default(null),
  /** The order or the document; empty is none. */
  reason: z
    .string()
    .max(2000, 'must have 2000 characters at most')
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null),
})

/**
 * `POST /acts/ID/withholding` `{ground, texts?, reason?}`, for the secretariat, with an `Idempotency-Key`: 201
 * `{act, isRepeated}`. The texts of that act and their salts are removed for ever; the act, its hash and its
 * commitments stay, and whoever is told of it is told when and on which ground. 400 names the field; 401, 403
 * and 404 as acts are refused; 409 where they were taken down already.
 */
export function withholdingRoutes({ db, personOf }: Parts): Router {
  const json = express.json({ limit: '20kb' })
  return Router().post('/acts/:id/withholding', json, async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const target = parse(ActId, req.params.id)
    const { ground, reason, ...asked } = parse(Withheld, req.body)
    const written = await writtenIn(db, target)
    if (!written) throw noSubject('act', target)
    const texts = chosen(asked.texts, written.texts ?? [])
    const body = { act: target, of: written.subject, texts, ground }
    const { act, isRepeated } = await perform(db, {
      person,
      key,
      noun: withholdingNoun,
      deed: { kind: 'text.withheld', body, texts: { reason } },
      also: (trx) => takeDown(trx, body),
    })
    res.status(201).json({ act, isRepeated })
  })
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

async function takeDown(trx: Db, told: { act: number; texts: readonly string[] }): Promise<void> {
  const removed = await removeTexts(trx, told)
  if (removed === told.texts.length) return
  throw new HttpError(409, 'It was taken down already: look again.', { code: 'text.gone' })
}
