import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

const SANE = /^[A-Za-z0-9-]{1,64}$/

/** Each request has an id: the sender's `X-Request-Id`, or one of ours. The answer's header tells it. */
export const requestId: RequestHandler = (req, res, next) => {
  const said = req.get('x-request-id') ?? ''
  res.locals.id = SANE.test(said) ? said : randomUUID()
  res.set('x-request-id', res.locals.id)
  next()
}
