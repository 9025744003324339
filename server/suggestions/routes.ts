import express, { type Request, Router } from 'express'
import { z } from 'zod'
import type { Policy } from '#shared/policy.ts'
import type { SuggestionDeed } from '#shared/oversight/suggestion.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { deadlinesOf } from './deadlines.ts'
import { exhibit, type Exhibits, requireFlags } from './exhibits.ts'
import {
  Decided,
  Endorsed,
  Implemented,
  memberIn,
  placeIn,
  Plain,
  Submitted,
  Transferred,
  WithReason,
} from './forms.ts'
import { suggestionNoun } from './noun.ts'
import { databaseNow, suggestionById } from './queries.ts'
import { toldSuggestion } from './told.ts'

interface Parts extends Exhibits {
  db: Db
  directory: () => Directory
  policy: () => Policy
  personOf: PersonOf
}

/** What was asked for: who asks is known, what they wrote is not read yet. */
interface Asking {
  body: unknown
  person: string
}
interface Told {
  deed: SuggestionDeed
  seen?: number | undefined
  /** Published with the act. */
  files?: readonly string[]
}
type Read = (asking: Asking) => Promise<Told> | Told

const Id = z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER)

/**
 * For who is signed in; 401 without. Each carries an `Idempotency-Key` and answers `{act, isRepeated,
 * suggestion}`; 400 names the field; 403 with the reason where no appointment covers it; 409 when the rules do not allow it now,
 * or when the `version` that was seen is not the newest.
 *
 * Observers: `POST /suggestions`, 201; `…/ID/endorsements` `{note}`; `…/ID/unendorsement`;
 * `…/ID/withdrawal` `{reason}`. Officials of its agency and the secretariat: `…/ID/review`;
 * `…/ID/adoption`, `…/ID/partial-adoption`, `…/ID/refusal` `{reason, links}`; `…/ID/implementation`
 * `{reason, links, claims, evidence, attachments}`; `…/ID/transfer` `{agency, reason}`, null is the secretariat.
 * `claims` are frozen, `evidence` are hashes of what was; files are published with the act, or not at all.
 */
export function suggestionRoutes(parts: Parts): Router {
  const { db, directory, policy, personOf } = parts
  const routes = Router()
  const json = express.json({ limit: '200kb' })

  const readers: Record<string, Read> = {
    endorsements: ({ body }) => {
      const { note, version } = parse(Endorsed, body)
      return { deed: { kind: 'suggestion.endorsed', body: {}, texts: { note } }, seen: version }
    },
    unendorsement: ({ body }) => plainly('suggestion.unendorsed', body),
    review: ({ body }) => plainly('suggestion.reviewed', body),
    withdrawal: ({ body }) => {
      const { reason, version } = parse(WithReason, body)
      return { deed: { kind: 'suggestion.withdrawn', body: {}, texts: { reason } }, seen: version }
    },
    adoption: ({ body }) => decided('adopted', body),
    'partial-adoption': ({ body }) => decided('partly', body),
    refusal: ({ body }) => decided('declined', body),
    implementation: implemented,
    transfer: ({ body }) => {
      const { agency, reason, version } = parse(Transferred, body)
      const to = memberIn('agency', agency, directory())
      return {
        deed: { kind: 'suggestion.transferred', body: { agency: to }, texts: { reason } },
        seen: version,
      }
    },
  }

  routes.post('/suggestions', json, async (req, res) => {
    res.status(201).json(await act(req, submitted))
  })
  for (const [path, read] of Object.entries(readers)) {
    routes.post(`/suggestions/:id/${path}`, json, async (req, res) => {
      res.json(await act(req, read))
    })
  }

  async function submitted({ body, person }: Asking): Promise<Told> {
    const { title, text, why, claims, agency, area, category, ...rest } = parse(Submitted, body)
    const { flags, attachments } = rest
    const place = placeIn({ agency, area, category }, directory())
    const deadlines = deadlinesOf(await databaseNow(db), policy())
    await requireFlags(db, flags)
    const shown = { claims, evidence: rest.evidence, attachments, person }
    const { evidence, files } = await exhibit(db, parts, shown)
    return {
      deed: {
        kind: 'suggestion.submitted',
        body: { ...rest, ...place, evidence, ...deadlines },
        texts: { title, text, why },
      },
      files,
    }
  }

  async function implemented({ body, person }: Asking): Promise<Told> {
    const { reason, links, version, ...shown } = parse(Implemented, body)
    const { evidence, files } = await exhibit(db, parts, { ...shown, person })
    const { attachments } = shown
    return {
      deed: {
        kind: 'suggestion.implemented',
        body: { links, evidence, attachments },
        texts: { reason },
      },
      seen: version,
      files,
    }
  }

  /** The person is looked at before anything is said about what comes. */
  async function act(req: Request, read: Read) {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const id = req.params.id === undefined ? undefined : parse(Id, req.params.id)
    const { deed, seen, files = [] } = await read({ body: req.body, person })
    const also = (trx: Db) => parts.claimAttachments(trx, person, files)
    const publishing = files.length > 0 && { also }
    const asked = { person, key, noun: suggestionNoun, id, seen, deed, ...publishing }
    const { act, isRepeated } = await perform(db, asked)
    const row = await suggestionById(db, Number(act.subject.split(':')[1]))
    return { act, isRepeated, suggestion: toldSuggestion(row!, directory()) }
  }

  return routes
}

function plainly(kind: 'suggestion.reviewed' | 'suggestion.unendorsed', body: unknown): Told {
  const { version } = parse(Plain, body)
  return { deed: { kind, body: {}, texts: {} }, seen: version }
}

function decided(verdict: 'adopted' | 'partly' | 'declined', body: unknown): Told {
  const { reason, links, version } = parse(Decided, body)
  return {
    deed: { kind: `suggestion.${verdict}`, body: { links }, texts: { reason } },
    seen: version,
  }
}
