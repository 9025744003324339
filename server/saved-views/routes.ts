import express, { Router } from 'express'
import { z } from 'zod'
import { isId, isName, isOwnHref, isSavedAt, LONGEST_NAME } from '#shared/saved-view.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { keepView } from './keep.ts'
import { deleteSavedView, savedViewsOf } from './queries.ts'

interface Parts {
  db: Db
  personOf: PersonOf
}

const Named = z.strictObject({ id: z.string().refine(isId, 'is no id of a view') })
const View = z.strictObject({
  name: z.string().refine(isName, `needs 1 to ${LONGEST_NAME} characters that can be seen`),
  href: z.string().refine(isOwnHref, 'is no path of this site'),
  savedAt: z.number().refine(isSavedAt, 'is no instant in milliseconds'),
})

/** An address of 4,000 characters, each of them escaped. */
const MAX_BODY = '32kb'

/**
 * The saved views of whoever is signed in: `GET /saved-views` answers them as `{views}`, the newest first.
 * `PUT /saved-views/:id {name, href, savedAt}` keeps one, or renames it, once however often it is sent;
 * `DELETE /saved-views/:id` keeps it no longer, and is done where there is none. 401 without a session,
 * 409 beyond 100.
 */
export function savedViewRoutes({ db, personOf }: Parts): Router {
  const routes = Router()

  routes.get('/saved-views', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    res.set('cache-control', 'no-store').json({ views: await savedViewsOf(db, id) })
  })

  routes.put('/saved-views/:id', express.json({ limit: MAX_BODY }), async (req, res) => {
    const { id: personId } = await requirePerson(personOf, req)
    const { id } = parse(Named, req.params)
    await keepView(db, personId, { id, ...parse(View, req.body) })
    res.json({})
  })

  routes.delete('/saved-views/:id', async (req, res) => {
    const { id: personId } = await requirePerson(personOf, req)
    const { id } = parse(Named, req.params)
    await deleteSavedView(db, { personId, id })
    res.json({})
  })

  return routes
}
