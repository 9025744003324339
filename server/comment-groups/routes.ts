import { Router } from 'express'
import { z } from 'zod'
import { searchQuery } from '#shared/consultations/search-words.ts'
import type { FoundPage, GroupDetail, GroupPage } from '#shared/consultations/told-groups.ts'
import { isStorable } from '#shared/events.ts'
import { called } from '../consultations/called.ts'
import { ProvisionKeys, provisionsNamed } from '../consultations/provisions-named.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { foundWordings, groupCalled, largestGroups, wordingsOf } from './reading-queries.ts'
import { toldDetail, toldFound, toldGroups } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
}

/** Of a group in a list: the text said most, and two others. */
const SHOWN = 3

const limit = z.coerce.number().int().min(1).max(100).default(20)
const GroupQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,9}_\d{1,15}$/, 'must be what next said')
    .optional(),
  limit,
})
const GroupsQuery = z.strictObject({ ...GroupQuery.shape, provision: ProvisionKeys })
const GroupId = z.coerce.number('is a number').int().min(1).max(Number.MAX_SAFE_INTEGER)
const SearchQuery = z.strictObject({
  q: z.string().min(1).max(200).refine(isStorable, 'holds what no text can hold'),
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  provision: ProvisionKeys,
  limit,
})

/**
 * For everybody; shapes in `shared/consultations/told-groups.ts`, members by code. 404 where there is no such
 * consultation or group. Grouping and searching come seconds after intake.
 *
 * `GET /consultations/CODE/groups?provision=KEY,KEY&after=&limit=`: published comments that are nearly the same, two or
 * more, the largest group first; with provisions those of which the first comment is on one of them. `GET /consultations/CODE/groups/ID?after=&limit=`: one, with its texts.
 * `GET /consultations/CODE/search?q=&provision=KEY,KEY&after=&limit=`: texts that say all words of `q`, the last of which
 * may be the beginning of one: words where they are spaced, else any run of characters; accents and capitals
 * are no difference. With provisions those that were said last on one of them.
 */
export function commentGroupRoutes({ db, directory }: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/groups', async (req, res) => {
    const { id } = await called(db, req.params.code)
    const { after, provision, limit } = parse(GroupsQuery, { ...req.query })
    const found = await largestGroups(db, {
      consultation: id,
      provisions: provisionsNamed(provision, directory()),
      after: placeOf(after),
      limit: limit + 1,
    })
    const shown = found.slice(0, limit).map((group) => group.id)
    const texts = await wordingsOf(db, shown, { limit: SHOWN })
    const page: GroupPage = toldGroups(found, texts, { limit, directory: directory() })
    res.set('cache-control', 'no-store').json(page)
  })

  routes.get('/consultations/:code/groups/:group', async (req, res) => {
    const { id } = await called(db, req.params.code)
    const { after, limit } = parse(GroupQuery, { ...req.query })
    const number = GroupId.safeParse(req.params.group)
    const group = number.success ? await groupCalled(db, id, number.data) : undefined
    if (!group) throw new HttpError(404, 'There is no such group of comments.')
    const texts = await wordingsOf(db, [group.id], { after: placeOf(after), limit: limit + 1 })
    const detail: GroupDetail = toldDetail(group, texts, { limit, directory: directory() })
    res.set('cache-control', 'no-store').json(detail)
  })

  routes.get('/consultations/:code/search', async (req, res) => {
    const { id } = await called(db, req.params.code)
    const { q, after, provision, limit } = parse(SearchQuery, { ...req.query })
    const query = searchQuery(id, q)
    if (query === undefined) {
      throw new HttpError(400, 'Ask for a word, or a part of one.', { path: 'q' })
    }
    const before = after ?? Number.MAX_SAFE_INTEGER
    const provisions = provisionsNamed(provision, directory())
    const search = { consultation: id, provisions, query, before, limit: limit + 1 }
    const found = await foundWordings(db, search)
    const page: FoundPage = toldFound(found, { limit, directory: directory() })
    res.set('cache-control', 'no-store').json(page)
  })

  return routes
}

function placeOf(after: string | undefined) {
  if (after === undefined) return undefined
  const [comments, id] = after.split('_').map(Number)
  return { comments: comments!, id: id! }
}
