import express, { type Request, Router } from 'express'
import { z } from 'zod'
import type { ModeratedPage } from '#shared/consultations/told.ts'
import { isStorable } from '#shared/events.ts'
import type { ModerationDeed } from '#shared/oversight/moderation.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { idempotencyKey, keyOf } from '../acts/key.ts'
import { outcomeOf } from '../acts/outcome.ts'
import { appointed } from '../acts/perform.ts'
import { notePersonalRead } from '../acts/personal-read.ts'
import { called } from '../consultations/called.ts'
import { AfterComment } from '../consultations/place-after.ts'
import { placeOf } from '../dimensions/place.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { commentsToModerate } from './comments-to-moderate.ts'
import { commentKey, Published, PublishedMany, Withheld, WithheldMany } from './forms.ts'
import { moderate } from './moderate.ts'
import { groupsOf } from './queries.ts'
import { toldModerated } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
  personOf: PersonOf
}

const Query = z.strictObject({
  q: z.string().max(200).refine(isStorable, 'holds what no text can hold').default(''),
  group: z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  withheld: z.stringbool('is true or false').default(false),
  after: AfterComment.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/**
 * For the secretariat, within the jurisdiction of its appointments; 401 and 403 as acts are refused, 404 where there is
 * no such consultation.
 *
 * `GET /consultations/CODE/moderation?q=|group=|withheld=true&after=&limit=`: comments, the newest first, published or
 * not, with all that they say; `ModeratedPage` in `shared/consultations/told.ts`. `q` and `group` know a comment some
 * seconds after it came. Which withheld ones were read, and by whom, is noted before it is answered.
 * `POST /consultations/CODE/withholding` `{comment: KEY, withheldFor, reason?}` and `POST
 * /consultations/CODE/publication` `{comment: KEY, reason}`, with an `Idempotency-Key`: 201 `{act, isRepeated}`; 404
 * where no such comment is on it, 409 where it is so already. What its source withholds stays withheld when it is
 * published here. `POST /consultations/CODE/withholdings` and `…/publications` the same to `comments`, at most 200:
 * `{outcomes: [{comment, status, …}]}` in their order, each an act of its own. One that fails holds back no other.
 */
export function moderationRoutes({ db, directory, personOf }: Parts): Router {
  const routes = Router()
  const json = express.json({ limit: '100kb' })

  routes.get('/consultations/:code/moderation', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const row = await called(db, req.params.code)
    await appointed(db, { ...placeOf(row, directory()), person, kind: 'comment.withheld' })
    const { limit, ...asked } = parse(Query, { ...req.query })
    const found = await commentsToModerate(db, row, { ...asked, limit: limit + 1 })
    const groups = await groupsOf(db, found)
    const page: ModeratedPage = toldModerated(found, groups, { limit, directory: directory() })
    const of = page.comments.flatMap(({ key, withheld }) => (withheld ? key : []))
    const what = `withheld comments on ${row.code}`
    if (of.length > 0) await notePersonalRead(db, { personId: person, what, of })
    res.set('cache-control', 'no-store').json(page)
  })

  routes.post('/consultations/:code/withholding', json, async (req, res) => {
    const { comment, ...form } = parse(Withheld, req.body)
    res.status(201).json(await one(req, comment, withholding(form)))
  })

  routes.post('/consultations/:code/withholdings', json, async (req, res) => {
    const { comments, ...form } = parse(WithheldMany, req.body)
    res.json({ outcomes: await each(req, comments, withholding(form)) })
  })

  routes.post('/consultations/:code/publication', json, async (req, res) => {
    const { comment, ...form } = parse(Published, req.body)
    res.status(201).json(await one(req, comment, publishing(form)))
  })

  routes.post('/consultations/:code/publications', json, async (req, res) => {
    const { comments, ...form } = parse(PublishedMany, req.body)
    res.json({ outcomes: await each(req, comments, publishing(form)) })
  })

  /** How who asks moderates the comments of one consultation. */
  async function moderating(req: Request, deedOf: DeedOf) {
    const { id: person } = await requirePerson(personOf, req)
    const row = await called(db, String(req.params.code))
    const body = { ...placeOf(row, directory()), consultation: row.code }
    return (key: string, comment: string) => {
      const deed = deedOf(body, comment)
      return moderate(db, {
        ...{ person, key, consultation: row.id, comment: commentKey(comment), deed },
      })
    }
  }

  async function one(req: Request, comment: string, deedOf: DeedOf) {
    const act = await moderating(req, deedOf)
    return act(idempotencyKey(req), comment)
  }

  async function each(req: Request, comments: readonly string[], deedOf: DeedOf) {
    const act = await moderating(req, deedOf)
    const key = idempotencyKey(req)
    const outcomes: object[] = []
    for (const comment of comments) {
      outcomes.push({ comment, ...(await outcomeOf(() => act(keyOf(key, comment), comment))) })
    }
    return outcomes
  }

  return routes
}

type Body = Extract<ModerationDeed, { kind: 'comment.published' }>['body']
type DeedOf = (body: Body, comment: string) => ModerationDeed

const withholding =
  ({ withheldFor, reason }: Omit<z.infer<typeof Withheld>, 'comment'>): DeedOf =>
  (body, comment) => ({
    kind: 'comment.withheld',
    body: { ...body, withheldFor },
    texts: { comment, reason },
  })

const publishing =
  ({ reason }: Omit<z.infer<typeof Published>, 'comment'>): DeedOf =>
  (body, comment) => ({ kind: 'comment.published', body, texts: { comment, reason } })
