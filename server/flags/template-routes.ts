import express, { type Request, Router } from 'express'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { TemplateDeed } from '#shared/oversight/template.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey } from '../acts/key.ts'
import { perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { Id } from './act-routes.ts'
import { agencyNamed } from './deeds.ts'
import { OnlyVersion, TemplateMade, TemplateRevised } from './forms.ts'
import { deskOf } from './desk.ts'
import { templateNoun } from './template-noun.ts'
import { type HeldTemplate, templatesWhere } from './template-queries.ts'
import { agencyCode } from './told.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/**
 * Drafts of answers, for officials of an agency and for the secretariat; 401, 403, 409 as acts are refused.
 * `GET /templates`: `{templates: [{id, version, agency, language, name, text, done, withheld}]}`, of
 * the asker's agencies. `POST /templates` `{agency, language, name, text, done}`, 201; `POST /templates/ID/revision` with
 * the same but the agency; `POST /templates/ID/retirement`: `{act, isRepeated}`.
 */
export function templateRoutes({ db, terms, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '200kb' })

  routes.get('/templates', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const { directory } = terms()
    const { agencies, isSecretariat } = await deskOf(db, id, directory)
    const isTheirs =
      agencies === null
        ? sql`agency is not null`
        : sql`agency = any(${`{${agencies.join()}}`}::int[])`
    const where = sql<boolean>`(${isTheirs} or (agency is null and ${isSecretariat}::boolean))`
    const found = await templatesWhere(db, where)
    res.set('cache-control', 'no-store')
    res.json({ templates: found.map((one) => told(one, directory)) })
  })

  routes.post('/templates', json, async (req, res) => {
    res.status(201).json(await act(req, madeFrom))
  })
  routes.post('/templates/:id/revision', json, async (req, res) => {
    res.json(await act(req, revisedFrom))
  })
  routes.post('/templates/:id/retirement', json, async (req, res) => {
    res.json(await act(req, retiredFrom))
  })

  async function act(req: Request, read: (body: unknown, directory: Directory) => Told) {
    const { id: person } = await requirePerson(personOf, req)
    const key = idempotencyKey(req)
    const id = req.params.id === undefined ? undefined : parse(Id, req.params.id)
    const asked = read(req.body, terms().directory)
    const { act, isRepeated } = await perform(db, { ...asked, person, key, id, noun: templateNoun })
    return { act, isRepeated }
  }

  return routes
}

interface Told {
  deed: TemplateDeed
  seen?: number | undefined
}

function madeFrom(body: unknown, directory: Directory): Told {
  const {
    agency: code,
    language,
    ...texts
  }: z.infer<typeof TemplateMade> = parse(TemplateMade, body)
  const agency = code === null ? null : agencyNamed(code, { directory, path: 'agency' })
  return { deed: { kind: 'template.made', body: { agency, language }, texts } }
}

function revisedFrom(body: unknown): Told {
  const { language, version, ...texts } = parse(TemplateRevised, body)
  return { deed: { kind: 'template.revised', body: { language }, texts }, seen: version }
}

function retiredFrom(body: unknown): Told {
  const { version } = parse(OnlyVersion, body)
  return { deed: { kind: 'template.retired', body: {}, texts: {} }, seen: version }
}

function told({ id, version, state, texts, withheld }: HeldTemplate, directory: Directory) {
  const { name = null, text = null, done = null } = texts
  const agency = agencyCode(state.agency, directory)
  const { language } = state
  return { id, version, agency, language, name, text, done, withheld: withheld ?? {} }
}
