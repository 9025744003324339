import { type Request, type Response, Router } from 'express'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { authenticator } from '../sources/authenticate.ts'
import { bodyOf, splitterOf } from './body.ts'
import type { Intake } from './intake.ts'
import { nothingYet, type Progress, takeBody } from './take-body.ts'

/** Events that may wait for the database before further requests are sent away. */
const MAX_BACKLOG = 50_000

interface IntakeParts {
  db: Db
  intake: Intake
  log: Logger
}

/**
 * `POST /events`: one event a line (`application/x-ndjson`) or a JSON array, gzip allowed; the
 * contract is `shared/events.ts`. Answers a `Receipt`, or an error with what was accepted before it.
 */
export function intakeRoutes({ db, intake, log }: IntakeParts): Router {
  const routes = Router()
  const authenticate = authenticator(db)

  routes.post('/events', async (req, res) => {
    const progress = nothingYet()
    try {
      const source = await authenticate(req.get('authorization'))
      if (intake.backlog > MAX_BACKLOG) throw tooBusy(res)
      const splitter = splitterOf(req)
      const taking = { intake, sourceId: source.id, splitter, now: Date.now, progress }
      await takeBody(bodyOf(req), taking)
      await endWell({ res, progress, heard: () => intake.submit(source.id, []) })
    } catch (error) {
      endEarly({ req, res, progress, error, log })
    }
  })

  return routes
}

interface Ending {
  res: Response
  progress: Progress
}

async function endWell({
  res,
  progress,
  heard,
}: Ending & { heard: () => Promise<{ seq: number }> }) {
  const { rejected, rejectedUnlisted, isEmpty, ...counts } = progress
  if (isEmpty) throw new HttpError(400, 'The body is empty.')
  const taken = counts.accepted + counts.unchanged + counts.conflicting + counts.stale
  if (taken === 0 && rejected.length > 0) throw new HttpError(400, 'No line could be read.')
  if (taken === 0) counts.seq = (await heard()).seq
  res.json({ ...counts, rejected, ...(rejectedUnlisted > 0 && { rejectedUnlisted }) })
}

interface EarlyEnding extends Ending {
  req: Request
  error: unknown
  log: Logger
}

/** Answers, lets the client read the answer although it may still be sending, and hangs up. */
function endEarly({ req, res, progress, error, log }: EarlyEnding): void {
  if (res.destroyed) return
  const { rejectedUnlisted: _, isEmpty: __, ...receipt } = progress
  const isOurs = error instanceof HttpError
  if (!isOurs) log.error({ err: error }, 'a body was not taken to its end')
  res.set('connection', 'close')
  res.status(isOurs ? error.status : 503).json({
    error: isOurs
      ? error.message
      : 'The database did not take it. Send it again: that is harmless.',
    ...receipt,
  })
  req.resume()
  setTimeout(() => req.destroy(), 1000).unref()
}

function tooBusy(res: Response): HttpError {
  res.set('retry-after', '1')
  return new HttpError(429, 'Too much is waiting to be written. Send it again in a second.')
}
