import type { Title } from './queries.ts'
import type { ToldAct } from './told.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { xmlText } from './xml.ts'

interface Feed {
  /** Of this server, before every address: readers of feeds resolve none. */
  origin: string
  /** Hexadecimal; of the deployment's own. */
  hash: string
  title: string
  /** Addresses within this server; `next` undefined at the end. */
  self: string
  first: string
  next: string | undefined
  entries: readonly ToldAct[]
  titles: ReadonlyMap<string, Title>
}

const BEGINNING = new Date(0).toISOString()

/** RFC 4287, in pages by RFC 5005. An entry is an act, which never changes: its id is made of its hash. */
export function atomOf({ origin, hash, title, self, first, next, entries, titles }: Feed): string {
  const link = linkAt(origin)
  const updated = entries.map(lastChange).sort().at(-1) ?? BEGINNING
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${urnOf(hash)}</id>`,
    `<title>${xmlText(title)}</title>`,
    `<updated>${updated}</updated>`,
    link('self', self, 'application/atom+xml'),
    link('first', first, 'application/atom+xml'),
    ...(next === undefined ? [] : [link('next', next, 'application/atom+xml')]),
    link('alternate', '/', 'text/html'),
    ...entries.map((act) => entryOf(act, { title: titles.get(act.subject), link })),
    '</feed>',
    '',
  ].join('\n')
}

interface Beside {
  title: Title | undefined
  link: ReturnType<typeof linkAt>
}

function entryOf(act: ToldAct, { title, link }: Beside): string {
  const { hash, at, kind, href, by, body } = act
  const language = (body as { language?: unknown }).language
  const spoken = typeof language === 'string' ? ` xml:lang="${xmlText(language)}"` : ''
  return [
    `<entry${spoken}>`,
    `<id>${urnOf(hash)}</id>`,
    `<title>${xmlText(headline(act, title))}</title>`,
    `<updated>${lastChange(act)}</updated>`,
    `<published>${at}</published>`,
    `<author><name>${xmlText(by?.observer?.name ?? by?.role ?? 'Clerestory')}</name></author>`,
    link('alternate', href ?? '/', 'text/html'),
    `<category term="${xmlText(kind)}"/>`,
    `<content type="text">${xmlText(contentOf(act))}</content>`,
    '</entry>',
  ].join('\n')
}

/** An act never changes; a text of it may have been taken down since. */
const lastChange = ({ at, withheld }: ToldAct): string =>
  [at, ...Object.values(withheld).map((gone) => gone.at)].sort().at(-1)!

/** `suggestion 7 adopted: LED lamps`; `text withheld of flag 3: personal-data` */
function headline({ kind, subject, body }: ToldAct, title: Title | undefined): string {
  const [noun = '', step = ''] = kind.split('.')
  if ('of' in body) return `${noun} ${step} of ${named(String(body.of))}: ${String(body.ground)}`
  const done = `${named(subject)} ${step}`
  if (title?.withheld) return `${done}: ${goneText('title', title.withheld)}`
  return title?.text ? `${done}: ${title.text}` : done
}

const named = (subject: string): string => subject.replace(':', ' ')

/** Texts in the order in which people read them; of what was taken down when, and on which ground. */
function contentOf({ texts, withheld }: ToldAct): string {
  const { title: _, ...rest } = texts
  return Object.entries(rest)
    .map(([name, text]) => text ?? goneText(name, withheld[name]))
    .join('\n\n')
}

const goneText = (name: string, gone: WithheldTexts[string] | undefined): string =>
  gone ? `[${name} withheld on ${gone.at.slice(0, 10)}: ${gone.ground}]` : `[${name} taken down]`

const linkAt =
  (origin: string) =>
  (rel: string, href: string, type: string): string =>
    `<link rel="${rel}" href="${xmlText(origin + href)}" type="${type}"/>`

/** A UUID of one's own making (RFC 9562, version 8) from the beginning of a SHA-256. */
export function urnOf(hash: string): string {
  const variant = ((Number.parseInt(hash[16]!, 16) & 0x3) | 0x8).toString(16)
  const digits = `${hash.slice(0, 12)}8${hash.slice(13, 16)}${variant}${hash.slice(17, 32)}`
  const [, ...parts] = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(digits)!
  return `urn:uuid:${parts.join('-')}`
}
