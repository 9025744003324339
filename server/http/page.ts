import { existsSync } from 'node:fs'
import path from 'node:path'
import express, { type Request, type RequestHandler, type Response } from 'express'

const A_YEAR = 365 * 86_400

/** As `compressFolder` leaves texts beside themselves, the smaller first; last as they are. */
const FORMS = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
  { encoding: 'identity', ending: '' },
] as const

/**
 * The built page, compressed as it was when it was built; built anew, the new one. Whoever asks for `/`, and a
 * browser that asks for any address that is not of the API, gets the page: which there are is the page's to know.
 */
export function pageFiles(folder: string): RequestHandler {
  // Not built: who develops has another server for it.
  if (!existsSync(folder)) return (_req, _res, next) => next()
  // An application of its own: its answers have ETags, for which those of the API have no use.
  return express()
    .disable('x-powered-by')
    .use(async (req, res, next) => {
      const file = isPageAddress(req) ? '/index.html' : fileOf(req)
      if (file === undefined) return next()
      const forms = FORMS.filter(({ encoding }) => req.acceptsEncodings(encoding))
      for (const form of forms) if (await sent(res, folder, { file, ...form })) return
      res.removeHeader('content-type')
      next()
    })
}

interface Form {
  file: string
  encoding: (typeof FORMS)[number]['encoding']
  ending: string
}

/** False: there is no such file. What breaks off while it is sent is over. */
async function sent(res: Response, root: string, { file, encoding, ending }: Form) {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const headers = {
    vary: 'Accept-Encoding',
    // The name of an asset changes with its content; all else is asked for again, by its ETag.
    'cache-control': file.startsWith('/assets/')
      ? `public, max-age=${A_YEAR}, immutable`
      : 'no-cache',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  }
  res.type(path.extname(file))
  res.sendFile(file + ending, { root, headers, cacheControl: false }, resolve)
  return (await promise) === undefined || res.headersSent
}

function fileOf({ method, path: address }: Request): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  try {
    return decodeURIComponent(address)
  } catch {
    return undefined
  }
}

function isPageAddress({ method, path: address, headers }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const isOther = /^\/(api|assets|socket\.io)(\/|$)/.test(address)
  return address === '/' || (!isOther && (headers.accept ?? '').includes('text/html'))
}
