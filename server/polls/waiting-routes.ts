import { Router } from 'express'
import type { WorkStatements } from '#shared/work.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { noteStatementsRead } from './note-statements-read.ts'
import { waitingWithin } from './statement-queries.ts'

interface Parts {
  db: Db
  personOf: PersonOf
}

/** So many are told; all are counted. */
const MOST = 50

/**
 * For the secretariat; 401, 403. `GET /work/statements`: what people added to polls in the jurisdiction of who asks and
 * nobody has decided about, as it came: `WorkStatements` (`shared/work.ts`). Which ones were read, and by whom, is noted.
 */
export function waitingStatementRoutes({ db, personOf }: Parts): Router {
  return Router().get('/work/statements', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    if (!(await isCurrently(db, person, 'secretariat'))) {
      throw new HttpError(403, 'This is for the secretariat.')
    }
    const found = await waitingWithin(db, person, MOST)
    const of = found.map(({ poll, id }) => `${poll}/${id}`)
    await noteStatementsRead(db, person, of)
    res.set('cache-control', 'no-store').json({
      total: found[0]?.total ?? 0,
      statements: found.map(({ poll, titles, id, texts, receivedAt }) => ({
        ...{ poll, titles, id, texts, receivedAt: new Date(receivedAt).toISOString() },
      })),
    } satisfies WorkStatements)
  })
}
