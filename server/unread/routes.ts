import express, { Router } from 'express'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { keepUnread } from './keep.ts'
import { Known } from './known.ts'

interface Parts {
  db: Db
  personOf: PersonOf
}

/**
 * `PUT /unread` adds what a device of whoever is signed in knows of what concerns them, and answers `{unread}`, what all
 * their devices know. 401 without a session.
 */
export function unreadRoutes({ db, personOf }: Parts): Router {
  const routes = Router()

  routes.put('/unread', express.json({ limit: '96kb' }), async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const known = parse(Known, req.body)
    res.set('cache-control', 'no-store').json({ unread: await keepUnread(db, id, known) })
  })

  return routes
}
