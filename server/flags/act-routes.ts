import express, { type Request, Router } from 'express'
import { z } from 'zod'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { requireNoContacts } from '../acts/links.ts'
import { type Asked, perform, type Performed } from '../acts/perform.ts'
import { noSubject } from '../acts/refusal.ts'
import type { Flag, FlagDeed } from '#shared/oversight/flag.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { rateLimit } from '../http/rate-limit.ts'
import type { Terms } from '../live/terms.ts'
import { deeds, openedFrom, requireTemplate, type Weighed } from './deeds.ts'
import { Opened } from './forms.ts'
import { flagNoun } from './noun.ts'
import { flagById } from './queries.ts'
import { reckoningOf } from './reckoning.ts'

/** What of other nouns a flag takes with it. */
export interface Taking {
  /** What a claim shows to be right; throws an `HttpError` where it is not. */
  weigh(claim: unknown): Promise<Weighed>
  /** Throws a 409 where the source of a ticket has told nothing since the evidence was shown. */
  requireCorrected(trx: Db, correction: { ticket: string; evidence: string }): Promise<void>
  /** Publishes files that the person brought, in the transaction of the act; throws an `HttpError`. */
  claimAttachments(trx: Db, person: string, hashes: readonly string[]): Promise<unknown>
}

export interface FlagParts extends Taking {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/** Of one person: each asks for its evidence anew. */
const FLAGS = { points: 30, seconds: 3600 }

export const Id = z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER)

/**
 * For who is signed in; 401 without. Each carries an `Idempotency-Key` and answers `{act, flag: {id, version,
 * state}, isRepeated}`; 403 with the reason where no appointment allows it; 404; 409 where the flag's life
 * does not allow it now, or when the `version` that was seen is not the newest. Forms: `forms.ts`.
 *
 * `POST /flags`: 201; 429 after 30 in an hour. `POST /flags/ID/…`, of observers: `joining`, `notes`, and of its author `acceptance`,
 * `dispute`, `withdrawal`; of officials of its owner: `acknowledgement`, `answer`, `transfer`, `corrections`;
 * of the secretariat: `settlement`, `transfer`.
 */
export function flagActRoutes(parts: FlagParts): Router {
  const { db, terms, personOf } = parts
  const routes = Router()
  const json = express.json({ limit: '200kb' })
  const flags = rateLimit({ windows: [FLAGS], of: 'flags from you within an hour' })

  routes.post('/flags', json, async (req, res) => {
    const person = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const form = parse(Opened, req.body)
    await flags.spend(person.id)
    const weighed = await parts.weigh(form.claim)
    const deed = openedFrom(form, weighed, await reckoningOf(db, terms().policy))
    res.status(201).json(await act(parts, { person: person.id, key, deed }, weighed))
  })

  for (const [path, read] of Object.entries(deeds)) {
    routes.post(`/flags/:id/${path}`, json, async (req: Request, res) => {
      const person = await requirePerson(personOf, req)
      const key = idempotencyKey(req)
      const id = parse(Id, req.params.id)
      const reckoning = await reckoningOf(db, terms().policy)
      const { directory } = terms()
      const { deed, seen } = read(req.body, {
        flag: await requireFlag(db, id),
        reckoning,
        directory,
      })
      res.json(await act(parts, { person: person.id, key, id, seen, deed }))
    })
  }

  return routes
}

type Doing = Omit<Asked<Flag, FlagDeed>, 'noun' | 'also'> & { person: string }

/** With it are kept the evidence it is opened on and the files it names: all of it, or nothing. */
export async function act(
  { db, claimAttachments, requireCorrected }: Omit<FlagParts, 'personOf' | 'terms' | 'weigh'>,
  doing: Doing,
  weighed?: Weighed,
) {
  const { deed, person } = doing
  if (deed.kind === 'flag.answered') {
    await requireTemplate(db, deed.body.template)
    await requireNoContacts(db, deed.body.links)
  }
  const hashes = 'attachments' in deed.body ? deed.body.attachments : []
  const files = weighed?.picture ? [...hashes, weighed.picture] : hashes
  const also = async (trx: Db, id: number) => {
    if (deed.kind === 'flag.corrected') {
      const { evidence } = await requireFlag(trx, id)
      await requireCorrected(trx, { ...deed.body, evidence })
    }
    await weighed?.keep(trx, person)
    await claimAttachments(trx, person, files)
  }
  return told(await perform(db, { ...doing, noun: flagNoun, also }))
}

function told({ act, state, isRepeated }: Performed<Flag>) {
  const id = Number(act.subject.split(':')[1])
  return { act, flag: { id, version: act.version, state: state.standing }, isRepeated }
}

export async function requireFlag(db: Db, id: number): Promise<Flag> {
  const found = await flagById(db, id)
  if (found) return found.state
  throw noSubject('flag', id)
}
