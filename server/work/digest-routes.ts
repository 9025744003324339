import express, { Router } from 'express'
import { z } from 'zod'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import { setDigest, wantsDigest } from './digest-queries.ts'

interface Parts {
  db: Db
  personOf: PersonOf
  /** E-mail is configured. */
  isSent: boolean
}

const Wanted = z.strictObject({ isOn: z.boolean('must be true or false') })

/**
 * `GET /work/digest`: `{isOn, isSent}`, whether one wants a daily e-mail, and whether this server sends any.
 * `PUT /work/digest {isOn}`: the same. 401 without a session.
 */
export function digestRoutes({ db, personOf, isSent }: Parts): Router {
  const routes = Router()

  routes.get('/work/digest', async (req, res) => {
    const { id: personId } = await requirePerson(personOf, req)
    const isOn = await wantsDigest(db, personId)
    res.set('cache-control', 'no-store').json({ isOn, isSent })
  })

  routes.put('/work/digest', express.json({ limit: '1kb' }), async (req, res) => {
    const { id: personId } = await requirePerson(personOf, req)
    const { isOn } = parse(Wanted, req.body)
    await setDigest(db, { personId, isOn })
    res.json({ isOn, isSent })
  })

  return routes
}
