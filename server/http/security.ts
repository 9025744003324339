import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers for a page that loads nothing from elsewhere. Transport security is promised where it is known of. */
export function securityHeaders(publicUrl: string | undefined): RequestHandler {
  const headers = headersOf({
    strictTransportSecurity: publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Styles stand in files: what a page sets on an element it sets through its object.
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
      },
    },
  })
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}

/** Lets a page that brings a stylesheet within it show it beside those of files: that one alone, by its hash. */
export function allowStyle(res: ServerResponse, style: string): void {
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = String(res.getHeader('content-security-policy'))
  res.setHeader(
    'content-security-policy',
    policy.replace(/style-src [^;]*/, `style-src 'self' 'sha256-${hash}'`),
  )
}

/** They are the same for every answer: made once, not by a dozen handlers for each. */
function headersOf(options: Parameters<typeof helmet>[0]): [name: string, value: string][] {
  const headers: [string, string][] = []
  const answer = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader() {},
  }
  helmet(options)({} as IncomingMessage, answer as unknown as ServerResponse, () => {})
  return headers
}
