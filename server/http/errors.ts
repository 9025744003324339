import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'

/** An error whose message is written for whoever sent the request. */
export class HttpError extends Error {
  readonly expose = true
  readonly status: number
  readonly details: unknown

  constructor(status: number, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.details = details
  }
}

/** Mounted last. `expose` is the body parser's own mark too, so malformed JSON is answered here. */
export function sendError(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error?.expose === true) {
      res.status(error.status).json({ error: error.message, details: error.details })
    } else {
      log.error({ err: error, method: req.method, path: req.path }, 'a request failed')
      res.status(500).json({ error: 'Something went wrong on our side.' })
    }
  }
}
