import express, { type Request, Router } from 'express'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey, keyOf } from '../acts/key.ts'
import { outcomeOf } from '../acts/outcome.ts'
import { perform } from '../acts/perform.ts'
import { groupCalled } from '../comment-groups/reading-queries.ts'
import { called } from '../consultations/called.ts'
import { draftsOf } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import {
  type Answering,
  provisionNamed,
  type ReplyForm,
  replyDeed,
  type Subject,
  unknownName,
} from './deed.ts'
import { Answered, AnsweredMany, nameOf, type Target } from './forms.ts'
import { replyNoun } from './noun.ts'
import { replyTo, type Standing } from './queries.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/**
 * Officials and the secretariat answer what was said, each with an `Idempotency-Key`; 401, 403, 409 as acts are.
 * `POST /consultations/CODE/answer` `{about: {provision, version?}, verdict, text, language?, clauses?}`:
 * `provision` is a key, `(none)` the whole draft; in its place `group`, the number of comments that are nearly the
 * same; `version` that of the answer which the form showed. 201 `{act, isRepeated}`; 409 where it was answered
 * otherwise meanwhile.
 * `POST /consultations/CODE/answers` the same to at most 200 at once, `about` a list: `{outcomes: [{provision or
 * group, status, …}]}` in their order, each an act of its own. One that fails holds back no other.
 */
export function replyActRoutes(parts: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '200kb' })

  routes.post('/consultations/:code/answer', json, async (req, res) => {
    const { about, ...form } = parse(Answered, req.body)
    const answer = await answering(parts, req, req.params.code)
    res.status(201).json(await answer(idempotencyKey(req), about, form))
  })

  routes.post('/consultations/:code/answers', json, async (req, res) => {
    const { about, ...form } = parse(AnsweredMany, req.body)
    const key = idempotencyKey(req)
    const answer = await answering(parts, req, req.params.code)
    const outcomes: object[] = []
    for (const one of about) {
      const { version: _, ...named } = one
      const act = () => answer(keyOf(key, nameOf(one)), one, form)
      outcomes.push({ ...named, ...(await outcomeOf(act)) })
    }
    res.json({ outcomes })
  })

  return routes
}

/** How who asks answers what was said in one consultation. */
async function answering({ db, terms, personOf }: Parts, req: Request, code: string) {
  const { id: person } = await requirePerson(personOf, req)
  const row = await called(db, code)
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  const answering = { row, drafts, terms: terms() }

  return async (key: string, target: Target, form: ReplyForm) => {
    const { standing, ...subject } = await subjectOf(db, target, answering)
    const about = standing?.about ?? subject.about
    const deed = replyDeed({ ...subject, about }, form, answering)
    const id = standing?.id
    // Who saw no answer has seen version 0 of it.
    const seen = standing && (target.version ?? 0)
    const asked = { person, key, noun: replyNoun, id, seen, deed }
    const { act, isRepeated } = await perform(db, asked).catch(asAnswered)
    return { act, isRepeated }
  }
}

interface Found extends Subject {
  /** The answer that stands. */
  standing: Standing | undefined
}

/** Throws a 400 for what is not of the consultation. */
async function subjectOf(db: Db, target: Target, answering: Answering): Promise<Found> {
  const { row, terms } = answering
  const { directory } = terms
  if ('group' in target) {
    const group = await groupCalled(db, row.id, target.group)
    if (!group) throw unknownName('group', `There is no group ${target.group}.`)
    const standing = await replyTo(db, row.code, { groups: [group.id] })
    return { about: { group: group.id }, provision: directory.rootOf(group.provision), standing }
  }
  const provision = provisionNamed(target.provision, answering)
  const provisions = provision ? directory.idsOf(provision) : [0]
  const standing = await replyTo(db, row.code, { provisions })
  return { about: { provision }, provision, standing }
}

/** Two gave the first answer at once. */
function asAnswered(error: unknown): never {
  const { code, constraint_name: constraint } = error as Record<string, unknown>
  if (code !== '23505' || constraint !== 'reply_about') throw error
  throw new HttpError(409, 'Somebody was faster: look again, then send it.', {
    code: 'version.old',
    path: 'version',
  })
}
