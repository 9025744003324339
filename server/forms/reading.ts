import type { Request, Response } from 'express'
import { allowStyle } from '../http/security.ts'
import { type Html, html, pageOf, style } from './page.ts'

/** Languages as `?lang` or else the browser asks for them. */
export function languagesOf(req: Request): string[] {
  const asked = typeof req.query.lang === 'string' ? [req.query.lang] : []
  return [...asked, ...req.acceptsLanguages()]
}

interface Page {
  language: string
  title: string
  body: Html
}

export function sendPage(res: Response, status: number, { language, title, body }: Page): void {
  res.set({ 'cache-control': 'no-store', 'content-language': language })
  // Without one a browser says of a form that it comes from nowhere, as other sites' do.
  res.set('referrer-policy', 'same-origin')
  allowStyle(res, style)
  res
    .status(status)
    .type('html')
    .send(pageOf(language, title, body))
}

export function momentOf(at: number, language: string, timeZone: string): string {
  const shown = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
  return new Intl.DateTimeFormat(localeOf(language), shown).format(at)
}

export const dayOf = (at: number, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone }).format(at)

/** As the pages say it. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language)

/** A field that no person sees: who fills it in is none. */
export const trap = (label: string): Html =>
  html`<p class="trap" aria-hidden="true">
    <label>${label} <input name="website" tabindex="-1" autocomplete="off" /></label>
  </p>`
