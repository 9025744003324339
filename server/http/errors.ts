import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import type { RefusalCode } from '#shared/oversight/refusal.ts'
import type { Refusal } from '#shared/wire.ts'
import { codeOf } from './code-of.ts'

interface Where {
  /** Stable, for programs and pages. */
  code?: RefusalCode
  /** The part of the request that is wrong: a parameter, a field, a place in a body. */
  path?: string | undefined
  /** Seconds after which to come again. */
  retryAfter?: number
}

/** An error whose message is written for whoever sent the request. */
export class HttpError extends Error {
  readonly expose = true
  readonly status: number
  readonly code: RefusalCode | undefined
  readonly path: string | undefined
  readonly retryAfter: number | undefined

  constructor(status: number, message: string, { code, path, retryAfter }: Where = {}) {
    super(message)
    this.status = status
    this.code = code
    this.path = path
    this.retryAfter = retryAfter
  }

  /** What the sender is told, over HTTP and over a socket alike. */
  get refusal(): Refusal {
    const { message: error, code, path } = this
    return { error, ...(code !== undefined && { code }), ...(path !== undefined && { path }) }
  }
}

/**
 * Mounted last. Answers `{error, code, path?}`, sockets do without a code where there is none of its own, and what went wrong on our side with the
 * request's id. `expose` is the body parser's own mark too; what else such an error carries is not told.
 */
export function sendError(log: Logger): ErrorRequestHandler {
  return (error, req, res, next) => {
    if (res.headersSent) return next(error)
    const { id } = res.locals
    const refusal = refusalIn(error)
    if (!refusal) log.error({ err: error, id, method: req.method }, 'a request failed')
    const { status, body, retryAfter } = refusal ?? OURS
    if (retryAfter !== undefined) res.set('retry-after', String(retryAfter))
    res.status(status).json({
      code: codeOf(status),
      ...body,
      ...(status >= 500 && id !== undefined && { requestId: id }),
    })
  }
}

interface Answer {
  status: number
  body: Refusal
  retryAfter?: number | undefined
}

const OURS: Answer = { status: 500, body: { error: 'Something went wrong on our side.' } }

/** What the sender did wrong; undefined when it was us. */
function refusalIn(error: unknown): Answer | undefined {
  if (error instanceof HttpError) {
    const { status, refusal: body, retryAfter } = error
    return { status, body, retryAfter }
  }
  const { expose, status = 0, message } = (error ?? {}) as Partial<HttpError>
  if (expose === true) return { status, body: { error: message ?? '' } }
  // The router's own, of a path that cannot be decoded.
  if (error instanceof URIError && status === 400) {
    return { status, body: { error: 'The address cannot be decoded.' } }
  }
}
