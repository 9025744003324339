import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { HttpError } from './errors.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a request comes from our own page, by what browsers say of it and pages cannot change. Without a
 * public origin, the host it was sent to is ours. One that says nothing of itself is no browser's: it is
 * let pass if it carries no cookie, since it then acts for nobody.
 */
function ownPage(publicUrl: string | undefined) {
  return ({ headers }: IncomingMessage): boolean => {
    const { origin, host, cookie } = headers
    const site = headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return false
    if (origin === undefined) return site !== undefined || cookie === undefined
    if (publicUrl !== undefined) return origin === publicUrl
    return URL.canParse(origin) && new URL(origin).host === host
  }
}

/** Refuses what another site lets a browser write here. */
export function requireOwnPage(publicUrl: string | undefined): RequestHandler {
  const isOurs = ownPage(publicUrl)
  return (req, _res, next) => {
    if (READING.includes(req.method) || isOurs(req)) return next()
    const why = 'This was sent by another site. Send it from the page of this one.'
    next(new HttpError(403, why, { code: 'other-site' }))
  }
}
