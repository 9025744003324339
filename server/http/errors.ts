import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Refusal } from '#shared/wire.ts'

interface Where {
  /** The part of the request that is wrong: a parameter, a field, a place in a body. */
  path?: string | undefined
}

/** An error whose message is written for whoever sent the request. */
export class HttpError extends Error {
  readonly expose = true
  readonly status: number
  readonly path: string | undefined

  constructor(status: number, message: string, { path }: Where = {}) {
    super(message)
    this.status = status
    this.path = path
  }

  /** What the sender is told, over HTTP and over a socket alike. */
  get refusal(): Refusal {
    const { message: error, path } = this
    return path === undefined ? { error } : { error, path }
  }
}

/**
 * Mounted last. Answers `{error, path?}`, as sockets do. `expose` is the body parser's own mark too,
 * so malformed JSON is answered here; what else such an error carries is not told.
 */
export function sendError(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error?.expose === true) {
      const refusal = error instanceof HttpError ? error.refusal : { error: error.message }
      res.status(error.status).json(refusal)
    } else {
      log.error({ err: error, method: req.method, path: req.path }, 'a request failed')
      res.status(500).json({ error: 'Something went wrong on our side.' })
    }
  }
}
