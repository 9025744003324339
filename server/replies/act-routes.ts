import express, { type Request, Router } from 'express'
import { coursesOf } from '#shared/consultations/courses.ts'
import type { About, ReplyDeed } from '#shared/oversight/reply.ts'
import type { Link } from '#shared/oversight/suggestion.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey, keyOf } from '../acts/key.ts'
import { outcomeOf } from '../acts/outcome.ts'
import { perform } from '../acts/perform.ts'
import { groupCalled } from '../comment-groups/reading-queries.ts'
import { called } from '../consultations/called.ts'
import {
  type ConsultationRow,
  draftsOf,
  type DraftRow,
} from '../consultations/consultation-queries.ts'
import { placeOf } from '../consultations/place.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { answerBy } from './deadline.ts'
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

type Form = Omit<Answered, 'about'>

/** How who asks answers what was said in one consultation. */
async function answering({ db, terms, personOf }: Parts, req: Request, code: string) {
  const { id: person } = await requirePerson(personOf, req)
  const row = await called(db, code)
  const { directory, policy } = terms()
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)

  return async (key: string, target: Target, form: Form) => {
    const { about, provision, standing } = await subjectOf(db, target, { row, directory })
    const { text, verdict, language } = form
    const deed: ReplyDeed = {
      kind: 'reply.answered',
      body: {
        ...placeOf(row, directory),
        consultation: row.code,
        about: standing?.about ?? about,
        ...{ verdict, language },
        links: linksOf(form, { row, drafts, directory, provision }),
        answerBy: answerBy(row.closesAt, policy),
        policyVersion: policy.version,
      },
      texts: { text },
    }
    const id = standing?.id
    // Who saw no answer has seen version 0 of it.
    const seen = standing && (target.version ?? 0)
    const asked = { person, key, noun: replyNoun, id, seen, deed }
    const { act, isRepeated } = await perform(db, asked).catch(asAnswered)
    return { act, isRepeated }
  }
}

interface Subject {
  about: About
  /** What it is on; 0: the whole draft. */
  provision: number
  /** The answer that stands. */
  standing: Standing | undefined
}

/** Throws a 400 for what is not of the consultation. */
async function subjectOf(db: Db, target: Target, { row, directory }: Within): Promise<Subject> {
  if ('group' in target) {
    const group = await groupCalled(db, row.id, target.group)
    if (!group) throw unknown('group', `There is no group ${target.group}.`)
    const standing = await replyTo(db, row.code, { groups: [group.id] })
    return { about: { group: group.id }, provision: directory.rootOf(group.provision), standing }
  }
  const provision = provisionNamed(target.provision, row, directory)
  const provisions = provision ? directory.idsOf(provision) : [0]
  const standing = await replyTo(db, row.code, { provisions })
  return { about: { provision }, provision, standing }
}

type Within = Pick<Linking, 'row' | 'directory'>

const unknown = (path: string, why: string): HttpError =>
  new HttpError(400, why, { path, code: 'unknown-name' })

/** Two gave the first answer at once. */
function asAnswered(error: unknown): never {
  const { code, constraint_name: constraint } = error as Record<string, unknown>
  if (code !== '23505' || constraint !== 'reply_about') throw error
  throw new HttpError(409, 'Somebody was faster: look again, then send it.', {
    code: 'version.old',
    path: 'version',
  })
}

function provisionNamed(name: string, { code }: ConsultationRow, directory: Directory): number {
  const id = directory.find('provision', name)
  if (id === 0 || (id !== undefined && directory.codeOf(id).startsWith(`${code}/`))) return id
  throw unknown('provision', `There is no provision called ${name}.`)
}

interface Linking {
  row: ConsultationRow
  drafts: readonly DraftRow[]
  directory: Directory
  provision: number
}

/** The clauses that are told; else, of what is accepted, those of the newest draft in which it reads otherwise. */
function linksOf({ clauses, verdict }: Form, linking: Linking): Link[] {
  if (clauses) return clauses.map((code) => ({ kind: 'clause', to: clauseNamed(code, linking) }))
  const { row, drafts, directory, provision } = linking
  if (verdict === 'not' || provision === 0) return []
  const keyOf = (code: string) => directory.codeOf(directory.find('provision', code) ?? 0)
  const course = coursesOf(row.code, drafts, keyOf).get(directory.codeOf(provision))
  if (!course?.isChanged) return []
  return course.now.map(({ code }) => ({ kind: 'clause', to: code }))
}

function clauseNamed(name: string, { row, drafts }: Linking): string {
  const isThere = drafts.some(({ number, texts }) =>
    Object.values(texts).some((all) =>
      all.some(({ id }) => `${row.code}/${number}/${id}` === name),
    ),
  )
  if (isThere) return name
  throw unknown('clauses', `There is no clause called ${name}.`)
}
