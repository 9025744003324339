import { fontSheets, fontStyle } from '../http/fonts.ts'
import type { Line } from './report-lines.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!)

/** In the colours of the site, on paper in ink; without a script. */
export const style = `${fontStyle}
:root { color-scheme: light dark; --paper: light-dark(#faf7f1, #141b22); --ink: light-dark(#1d1a16, #e9ecef);
  --ink-2: light-dark(#544d43, #b4bec8); --rule: light-dark(#e2dbcd, #2a343e); --accent: light-dark(#00598f, #6dbdf2); --overdue: light-dark(#a3261b, #ff8f80) }
body { margin: 0 auto; max-inline-size: 46rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font-size: 1rem; line-height: 1.6; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
h1 { margin-block: 0 1rem; font-weight: 300; font-size: 2rem; line-height: 1.2 }
h2 { margin-block: 2rem 0.25rem; padding-block-start: 1rem; border-block-start: 1px solid var(--rule); font-size: 1.1rem; font-weight: 600; break-after: avoid }
p { margin-block: 0.35rem } .quiet { color: var(--ink-2); font-size: 0.875rem } .verdict { font-weight: 600 } .open { font-weight: 600 } .late { color: var(--overdue); font-weight: 600 }
.text, .changed { white-space: pre-line } ins { background: color-mix(in oklab, var(--accent) 15%, transparent); text-decoration: underline; text-decoration-color: var(--accent) } del { color: var(--ink-2) }
@media print { :root { color-scheme: only light; --paper: #fff } body { max-inline-size: none; padding: 0; font-size: 10pt } p { orphans: 3; widows: 3 } @page { margin: 20mm } }`

interface Heading {
  language: string
  head: string
  title: string
}

/** The report as a page of its own, line by line. */
export async function* pageOf(lines: AsyncIterable<Line>, { language, head, title }: Heading) {
  yield `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(head)} · ${escaped(title)}</title><style>${style}</style></head><body><main>
<p class="quiet">${escaped(head)}</p>\n`
  for await (const line of lines) yield markupOf(line)
  const fonts = fontSheets(language).map((sheet) => `<link rel="stylesheet" href="${sheet}">`)
  yield `</main>${fonts.join('')}</body></html>\n`
}

function markupOf({ kind, text, language, stretches }: Line): string {
  const lang = language ? ` lang="${escaped(language)}"` : ''
  if (kind === 'title') return `<h1>${escaped(text)}</h1>\n`
  if (kind === 'head') return `<h2>${escaped(text)}</h2>\n`
  const marked = stretches?.map(({ kind, text }) => {
    const tag = { same: '', in: 'ins', out: 'del' }[kind]
    return tag ? `<${tag}>${escaped(text)}</${tag}>` : escaped(text)
  })
  return `<p class="${kind}"${lang}>${marked?.join('') ?? escaped(text)}</p>\n`
}
