import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'

interface RequestLog {
  log: Logger
  onAnswer: (at: { route: string; status: string }, milliseconds: number) => void
}

/** What asks every few seconds, or for every page: one line each would hide the others. */
const FREQUENT = ['/livez', '/readyz', '/metrics', 'page']

/**
 * One line for each request that was answered or given up. It says nothing of who asked, and of what
 * was asked only the route: an address, a query or a body may tell of a person.
 */
export function requestLog({ log, onAnswer }: RequestLog): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now()
    res.once('close', () => {
      const ms = performance.now() - startedAt
      const route = routeOf(req, res)
      const level = FREQUENT.includes(route) ? 'debug' : 'info'
      const { id } = res.locals
      const { statusCode: status } = res
      const isCut = !res.writableFinished
      log[level](
        {
          id,
          method: req.method,
          route,
          status,
          ms: Math.round(ms),
          bytes: bytesOf(res),
          ...(isCut && { cut: true }),
        },
        'request',
      )
      onAnswer({ route, status: `${Math.floor(status / 100)}xx` }, ms)
    })
    next()
  }
}

const API = '/api/v1'

/** The pattern of the route, `page` for a file of the page, `none` where nothing is. */
function routeOf({ originalUrl, route }: Request, res: Response): string {
  // After an error the router has forgotten below which path it was.
  if (route) return originalUrl.startsWith(`${API}/`) ? `${API}${route.path}` : route.path
  return res.statusCode < 400 ? 'page' : 'none'
}

function bytesOf(res: Response): number | undefined {
  const length = res.getHeader('content-length')
  return length === undefined ? undefined : Number(length)
}
