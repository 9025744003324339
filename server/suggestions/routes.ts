import express, { type Request, Router } from 'express'
import { z } from 'zod'
import type { Policy } from '#shared/policy.ts'
import type { SuggestionDeed, Verdict } from '#shared/oversight/suggestion.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { requireNoContacts } from '../acts/links.ts'
import { perform } from '../acts/perform.ts'
import { withKnownClauses } from '../consultations/clauses.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { deadlinesOf } from './deadlines.ts'
import { exhibit, type Exhibited, type Exhibits, requireFlags } from './exhibits.ts'
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
  exhibited?: Exhibited
}
type Read = (asking: Asking) => Promise<Told> | Told

/** Of one person: each is asked anew. */
const CLAIMS = { points: 60, seconds: 3600 }

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
 * A link of kind `clause` that reads `CODE/DRAFT/ID` is one of a draft that is shown: 400 where there is none such.
 * `claims` are frozen with the act, `evidence` are hashes of what was; files are published with it, or not at all.
 * 429 after 60 claims in an hour.
 */
export function suggestionRoutes(parts: Parts): Router {
  const { db, directory, policy, personOf } = parts
  const routes = Router()
  const json = express.json({ limit: '200kb' })
  const claimed = rateLimit({ windows: [CLAIMS], of: 'numbers claimed by you within an hour' })

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
    if (claims.length > 0) await claimed.spend(person, claims.length)
    const exhibited = await exhibit(db, parts, { claims, evidence: rest.evidence, attachments })
    const { evidence } = exhibited
    return {
      deed: {
        kind: 'suggestion.submitted',
        body: { ...rest, ...place, evidence, ...deadlines },
        texts: { title, text, why },
      },
      exhibited,
    }
  }

  async function decided(verdict: Verdict, body: unknown): Promise<Told> {
    const { reason, links: named, version } = parse(Decided, body)
    const links = await withKnownClauses(db, named)
    return {
      deed: { kind: `suggestion.${verdict}`, body: { links }, texts: { reason } },
      seen: version,
    }
  }

  async function implemented({ body, person }: Asking): Promise<Told> {
    const { reason, links: named, version, ...shown } = parse(Implemented, body)
    const { claims, attachments } = shown
    const links = await withKnownClauses(db, named)
    if (claims.length > 0) await claimed.spend(person, claims.length)
    const exhibited = await exhibit(db, parts, shown)
    const { evidence } = exhibited
    return {
      deed: {
        kind: 'suggestion.implemented',
        body: { links, evidence, attachments },
        texts: { reason },
      },
      seen: version,
      exhibited,
    }
  }

  /** The person is looked at before anything is said about what comes. */
  async function act(req: Request, read: Read) {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const id = req.params.id === undefined ? undefined : parse(Id, req.params.id)
    const { deed, seen, exhibited } = await read({ body: req.body, person })
    if ('links' in deed.body) await requireNoContacts(db, deed.body.links)
    const exhibiting = exhibited && { also: (trx: Db) => show(trx, exhibited, person) }
    const asked = { person, key, noun: suggestionNoun, id, seen, deed, ...exhibiting }
    const { act, isRepeated } = await perform(db, asked)
    const row = await suggestionById(db, Number(act.subject.split(':')[1]))
    return { act, isRepeated, suggestion: toldSuggestion(row!, directory()) }
  }

  async function show(trx: Db, { weighed, files }: Exhibited, person: string) {
    for (const one of weighed) await one.keep(trx, person)
    await parts.claimAttachments(trx, person, files)
  }

  return routes
}

function plainly(kind: 'suggestion.reviewed' | 'suggestion.unendorsed', body: unknown): Told {
  const { version } = parse(Plain, body)
  return { deed: { kind, body: {}, texts: {} }, seen: version }
}
