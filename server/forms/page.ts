import { fontSheets, fontStyle } from '../http/fonts.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup that is safe as it stands. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Html[]

/** A template whose parts are escaped, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const texts = strings.map((text, at) => (at === 0 ? text : textOf(parts[at - 1]!) + text))
  return new Html(texts.join(''))
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return String(part).replace(/[&<>"']/g, (one) => escapes[one]!)
}

/** In the colours of the site, without a script. */
export const style = `${fontStyle}
  :root { color-scheme: light dark; --paper: light-dark(#faf7f1, #141b22); --ink: light-dark(#1d1a16, #e9ecef);
    --ink-2: light-dark(#544d43, #b4bec8); --fault: light-dark(#a3261b, #ff9d91); --rule: light-dark(#e2dbcd, #2a343e); --accent: light-dark(#00598f, #6dbdf2); --on: light-dark(#fff, #0f151b) }
  body { margin: 0 auto; max-inline-size: 44rem; padding: 2rem 1rem 4rem; background: var(--paper); color: var(--ink); font-size: 1rem; line-height: 1.55 }
  h1 { font-weight: 300; font-size: 1.75rem; line-height: 1.2; margin-block: 0 0.5rem } p { margin-block: 0.5rem; color: var(--ink-2) }
  fieldset { border: 0; border-block-start: 1px solid var(--ink); margin: 2rem 0 0; padding: 0.75rem 0 0; min-inline-size: 0 } legend { float: inline-start; inline-size: 100%; font-weight: 600; padding: 0 } legend + * { display: block; clear: both }
  label { display: flex; gap: 0.75rem; align-items: baseline; padding-block: 0.5rem; border-block-end: 1px solid var(--rule) }
  .stands { display: flex; flex-wrap: wrap; gap: 0 1.5rem } .stands label { border: 0 }
  select, button, textarea { font: inherit; color: inherit } select { background: var(--paper); padding: 0.25rem 0.5rem; max-inline-size: 100% } input { accent-color: var(--accent); inline-size: 1.1rem; block-size: 1.1rem; flex: none; position: relative; inset-block-start: 0.15rem }
  textarea { box-sizing: border-box; inline-size: 100%; margin-block: 0.5rem; padding: 0.5rem 0.75rem; background: var(--paper); border: 1px solid var(--rule) }
  button { margin-block-start: 2rem; padding: 0.6rem 1.5rem; border: 0; border-radius: 3px; background: var(--accent); color: var(--on) } a { color: var(--accent) }
  .field { display: block; border: 0; padding-block: 0.75rem 0 } .field > span { display: block; font-weight: 600 } .field small, .said { color: var(--ink-2); font-size: 0.9375rem }
  fieldset.field { margin: 0 } .field > label:not(.field) { max-inline-size: 30rem }
  .field select, textarea, div.field > input { box-sizing: border-box; inline-size: 100%; block-size: auto; inset: 0; margin-block-start: 0.25rem; padding: 0.5rem 0.75rem; border: 1px solid var(--ink-2); border-radius: 3px; background: var(--paper); color: inherit; font: inherit } textarea { resize: vertical }
  .fault { color: var(--fault); font-weight: 600 } [aria-invalid] { outline: 2px solid var(--fault) } blockquote { margin: 0.75rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule); white-space: pre-line; overflow-wrap: anywhere } dt { font-weight: 600 } dd { margin: 0 0 0.5rem; color: var(--ink-2) } details { margin-block-start: 2rem } summary { padding-block: 0.5rem; cursor: pointer }
  .trap { position: absolute; inset-inline-start: -99rem } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }`

/** As it stands, since its hash is what allows it. */
const styleElement = new Html(`<style>${style}</style>`)

/** At the end of a page: what it says is there before its fonts are. */
const sheetsOf = (language: string): Html[] =>
  fontSheets(language).map((sheet) => html`<link rel="stylesheet" href="${sheet}" />`)

/** A whole page. */
export function pageOf(language: string, title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
        ${sheetsOf(language)}
      </body>
    </html> `.text
}
