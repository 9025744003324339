import type { IncomingMessage } from 'node:http'
import type { ErrorRequestHandler, Request } from 'express'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'
import { codeOf } from '../http/code-of.ts'
import { HttpError } from '../http/errors.ts'
import { deviceOf } from './attempt.ts'
import { insertAccountEvent } from './queries.ts'
import { whose } from './whose.ts'

export interface Asker {
  id: string
  sessionId: string
}

interface Parts {
  db: Db
  log: Logger
  /** As whom this request was served; undefined: as nobody. */
  askerOf: (req: IncomingMessage) => Asker | undefined
}

const MINUTE = 60_000

/**
 * Mounted after the routes. A 403 of somebody signed in is noted before it is answered: the same of one person once
 * a minute, or who repeats it fills a table from which nothing is ever taken. What cannot be noted stays
 * forbidden, and stands in the server's log.
 */
export function noteForbidden({ db, log, askerOf }: Parts): ErrorRequestHandler {
  const isFirst = firstInMinute()
  return async (error, req, _res, next) => {
    const asker = error instanceof HttpError && error.status === 403 ? askerOf(req) : undefined
    if (asker) {
      const route = routeOf(req)
      const why = error.code ?? codeOf(403)
      if (isFirst(`${asker.id} ${route} ${why}`)) {
        const { sessionId } = asker
        const said = { sessionId, why, route, device: deviceOf(req) }
        await insertAccountEvent(db, whose.person(asker.id), { kind: 'forbidden', ...said }).catch(
          (err: unknown) => log.error({ err, route, why }, 'what was forbidden could not be noted'),
        )
      }
    }
    next(error)
  }
}

/** The pattern: an address may tell of a person. */
const routeOf = ({ method, route }: Request): string => `${method} ${route?.path ?? ''}`.trim()

function firstInMinute() {
  const keys = new Set<string>()
  let minute = 0
  return (key: string): boolean => {
    const now = Math.floor(Date.now() / MINUTE)
    if (now !== minute) keys.clear()
    minute = now
    const isFirst = !keys.has(key)
    keys.add(key)
    return isFirst
  }
}
