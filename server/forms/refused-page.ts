import type { ErrorRequestHandler, Request } from 'express'
import { type Html, html } from './page.ts'
import { languagesOf, sendPage } from './reading.ts'
import { type RefusedWords, refusedWords } from './refused-words.ts'
import { inFirst } from './text-in.ts'

/**
 * Mounted after the routes of forms: who filled one in without a script is refused in words, with what they wrote
 * where it could be read. What went wrong on our side is told as everywhere.
 */
export function refusedPage(fields: readonly string[]): ErrorRequestHandler {
  return (error, req, res, next) => {
    const { status, retryAfter } = (error ?? {}) as { status?: number; retryAfter?: number }
    if (res.headersSent || status === undefined || status >= 500) return next(error)
    const words = inFirst(refusedWords, languagesOf(req)) ?? refusedWords.en!
    if (retryAfter !== undefined) res.set('retry-after', String(retryAfter))
    const why = whyOf(words, status, retryAfter)
    const body = html`<p role="status"><strong>${why}</strong></p>
      ${written(words, req, fields)}`
    sendPage(res, status, { language: words.language, title: words.title, body })
  }
}

function whyOf(words: RefusedWords, status: number, retryAfter = 60): string {
  const known: Readonly<Record<number, string>> = {
    403: words.elsewhere,
    404: words.nowhere,
    413: words.tooLarge,
    429: words.tooOften(Math.ceil(retryAfter / 60)),
  }
  return known[status] ?? words.incomplete
}

/** Never what another site put into a form. */
function written(words: RefusedWords, { body }: Request, fields: readonly string[]): Html {
  const all = (body ?? {}) as Readonly<Record<string, unknown>>
  const typed = fields.flatMap((name) => {
    const value = Object.hasOwn(all, name) ? all[name] : ''
    return typeof value === 'string' && value.trim() !== '' ? value : []
  })
  if (typed.length === 0) return html``
  return html`<p>${words.wrote}</p>
    ${typed.map((text) => html`<blockquote dir="auto">${text}</blockquote>`)}`
}
