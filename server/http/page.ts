import { existsSync } from 'node:fs'
import type { Request, RequestHandler } from 'express'
import sirv from 'sirv'

const A_YEAR = 365 * 86_400

/**
 * The built page, compressed as it was when it was built. A browser that asks for any address that
 * is not of the API gets the page: which there are is the page's to know.
 */
export function pageFiles(folder: string): RequestHandler {
  // Not built: who develops has another server for it.
  if (!existsSync(folder)) return (_req, _res, next) => next()
  const files = sirv(folder, { brotli: true, gzip: true, etag: true, setHeaders })
  return (req, res, next) => {
    if (isPageAddress(req)) req.url = '/index.html'
    files(req, res, next)
  }
}

/** The name of an asset changes with its content; all else is asked for again, by its ETag. */
function setHeaders(res: { setHeader(name: string, value: string): unknown }, path: string): void {
  const isForEver = path.startsWith('/assets/')
  res.setHeader('cache-control', isForEver ? `public, max-age=${A_YEAR}, immutable` : 'no-cache')
}

function isPageAddress({ method, path, headers }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const isOther = /^\/(api|assets|socket\.io)(\/|$)/.test(path)
  return !isOther && (headers.accept ?? '').includes('text/html')
}
