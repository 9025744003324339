import type { DurableRecord } from '#shared/records.ts'
import { type DigestWords, wordsIn } from './digest-words.ts'

/** What a day's e-mail says: only what everybody may know, and no text that anybody wrote. */
export interface Letter {
  subject: string
  text: string
  html: string
}

interface Told {
  name: string
  language: string | null
  records: readonly DurableRecord[]
  /** Where the pages are; undefined where the server does not know it. */
  site: string | undefined
}

interface Line {
  /** Where it can be read; undefined: nowhere that the server knows. */
  href: string | undefined
  noun: string
  step: string
}

interface Parts {
  say: DigestWords
  name: string
  lines: readonly Line[]
  more: string | undefined
  site: string | undefined
}

/** Lines of one e-mail; what is more stands on the page. */
const MOST = 50

/** In the words of its reader's language, and in the order in which it happened; as plain text and as HTML. */
export function digestLetter({ name, language, records, site }: Told): Letter {
  const say = wordsIn(language)
  const lines = records.slice(0, MOST).map((record) => lineOf(record, say, site))
  const rest = records.length - lines.length
  const parts = { say, name, lines, more: rest > 0 ? say.more(rest) : undefined, site }
  return {
    subject: `Clerestory${say.colon}${say.subject(records.length)}`,
    text: textOf(parts),
    html: htmlOf(parts),
  }
}

function lineOf({ kind, body }: DurableRecord, say: DigestWords, site: string | undefined): Line {
  const [noun = '', id = ''] = body.subject.split(':')
  const nouns: Readonly<Record<string, (id: string) => string>> = say.noun
  const steps: Readonly<Record<string, string>> = say.step
  const path = noun === 'appointment' ? 'work' : `${noun}s/${id}`
  return {
    href: site && `${site}/${path}`,
    noun: nouns[noun]?.(id) ?? body.subject,
    step: steps[kind] ?? say.other,
  }
}

function textOf({ say, name, lines, more, site }: Parts): string {
  const told = lines.map(({ noun, step }) => `- ${noun}${say.colon}${step}`)
  const foot = site
    ? [`${say.work}${say.colon}${site}/work`, `${say.account}${say.colon}${site}/account`]
    : [say.bare]
  const paragraphs = [
    [say.greeting(name)],
    [say.head],
    [...told, ...(more === undefined ? [] : [`- ${more}`])],
    foot,
  ]
  return paragraphs.map((one) => one.join('\n')).join('\n\n') + '\n'
}

/** Readers of e-mail know no style sheets. */
const LOOK = 'font: 16px/1.5 sans-serif; max-width: 38em'

function htmlOf({ say, name, lines, more, site }: Parts): string {
  const told = lines.map(
    ({ href, noun, step }) => `<li>${link(href, noun)}${escaped(say.colon + step)}</li>`,
  )
  const foot = site
    ? `${link(`${site}/work`, say.work)}<br>${link(`${site}/account`, say.account)}`
    : escaped(say.bare)
  return [
    `<!doctype html><html lang="${say.language}"><meta charset="utf-8"><body style="${LOOK}">`,
    `<p>${escaped(say.greeting(name))}</p><p>${escaped(say.head)}</p>`,
    `<ul>${told.join('')}${more === undefined ? '' : `<li>${escaped(more)}</li>`}</ul>`,
    `<p>${foot}</p></body></html>`,
  ].join('\n')
}

const link = (href: string | undefined, text: string): string =>
  href === undefined ? escaped(text) : `<a href="${escaped(href)}">${escaped(text)}</a>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => entities[one]!)
