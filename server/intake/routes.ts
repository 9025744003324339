import { type Request, type Response, Router } from 'express'
import type { Logger } from 'pino'
import type { Receipt } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { inTime } from '../http/in-time.ts'
import { authenticator } from '../sources/authenticate.ts'
import { bodyOf, splitterOf } from './body.ts'
import type { Intake } from './intake.ts'
import { type IntakeLimits, pointsOf } from './limits.ts'
import { fullness, nothingYet, type Progress, takeBody, unanswered } from './take-body.ts'

/** Seconds after which to come again when the database failed. */
const LATER = 5

interface IntakeParts {
  db: Db
  intake: Intake
  log: Logger
  limits: IntakeLimits
  /** Told what became of each body, and what failure of ours kept it from its end. */
  onAnswer?: (receipt: Receipt, failure?: unknown) => void
  /** Told how many milliseconds each batch took. */
  onBatch?: (took: number) => void
}

/**
 * `POST /events`: one event a line (`application/x-ndjson`) or a JSON array, gzip allowed; the
 * contract is `shared/events.ts`. Answers a `Receipt`, or an error with what was accepted before it.
 */
export function intakeRoutes(parts: IntakeParts): Router {
  const { db, intake, limits } = parts
  const { patience } = limits
  const routes = Router()
  const authenticate = authenticator(db, limits.wrongKeys)

  routes.post('/events', async (req, res) => {
    const progress = nothingYet()
    try {
      const key = authenticate(req.get('authorization'), limits.addressOf(req))
      const source = await inTime(key, { within: patience, late: unanswered })
      const full = fullness(intake)
      if (full) throw full
      await limits.lines.requireLeft(String(source.id))
      const splitter = splitterOf(req)
      await takeBody(bodyOf(req), {
        intake,
        sourceId: source.id,
        splitter,
        now: Date.now,
        progress,
        patience,
        spend: (read) => limits.lines.spend(String(source.id), pointsOf(read)),
        onBatch: parts.onBatch,
      })
      const heard = () =>
        inTime(intake.submit(source.id, []), { within: patience, late: unanswered })
      await endWell({ res, progress, heard })
      parts.onAnswer?.(progress)
    } catch (error) {
      endEarly({ ...parts, req, res, progress, error })
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

interface EarlyEnding extends Ending, Pick<IntakeParts, 'log' | 'onAnswer'> {
  req: Request
  error: unknown
}

/** Answers, lets the client read the answer although it may still be sending, and hangs up. */
function endEarly({ req, res, progress, error, log, onAnswer }: EarlyEnding): void {
  const isOurs = error instanceof HttpError
  onAnswer?.(progress, isOurs && error.status < 500 ? undefined : error)
  if (res.destroyed) return
  const { id } = res.locals
  const { rejectedUnlisted: _, isEmpty: __, ...receipt } = progress
  if (!isOurs) log.error({ err: error, id }, 'a body was not taken to its end')
  const { status, message, retryAfter } = isOurs ? error : failure()
  if (retryAfter !== undefined) res.set('retry-after', String(retryAfter))
  res.set('connection', 'close')
  res.status(status).json({ error: message, ...receipt, ...(status >= 500 && { requestId: id }) })
  req.resume()
  setTimeout(() => req.destroy(), 1000).unref()
}

function failure(): HttpError {
  const why =
    'The database did not take it. What is not counted here may or may not be kept. Send it again: that is harmless.'
  return new HttpError(503, why, { retryAfter: LATER })
}
