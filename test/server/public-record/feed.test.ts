import { expect, test } from 'vitest'
import { atomOf, urnOf } from '../../../server/public-record/atom.ts'
import { city } from '../../support/suggesting.ts'
import { childrenOf, type Element, readXml, textOf } from '../../support/xml.ts'

type City = Awaited<ReturnType<typeof city>>

async function feed(app: City, path = '/feed.atom', headers: Record<string, string> = {}) {
  const response = await app.get(path, { headers })
  const text = await response.text()
  return { response, text, xml: response.status === 200 ? readXml(text) : undefined }
}

const linkOf = (element: Element, rel: string): string | undefined =>
  childrenOf(element, 'link').find(({ attributes }) => attributes.rel === rel)?.attributes.href

test('the feed holds what Atom asks of a feed and of an entry', async () => {
  await using app = await city()
  const id = await app.submit('mei', { language: 'en-GB' })
  await app.act('tariq', `/api/v1/suggestions/${id}/endorsements`, { note: 'I agree.' })

  const { response, xml } = await feed(app)

  expect(response.headers.get('content-type')).toMatch(/^application\/atom\+xml/)
  expect(xml!.name).toBe('feed')
  expect(xml!.attributes.xmlns).toBe('http://www.w3.org/2005/Atom')
  expect(linkOf(xml!, 'self')).toBe(`${app.origin}/feed.atom`)
  expect(linkOf(xml!, 'next')).toBeUndefined()
  const entries = childrenOf(xml!, 'entry')
  const { body } = await app.ask('/api/v1/records')
  expect(entries.map((entry) => textOf(entry, 'id'))).toEqual(
    body.records.map(({ hash }) => urnOf(hash)),
  )
  expect(textOf(xml!, 'updated')).toBe(body.records[0]!.at)
  expect(entries.map((entry) => textOf(entry, 'title'))).toEqual([
    `suggestion ${id} endorsed: LED lamps in Harbour Street`,
    `suggestion ${id} submitted: LED lamps in Harbour Street`,
  ])
  expect(entries.map((entry) => textOf(childrenOf(entry, 'author')[0]!, 'name'))).toEqual([
    'Heron',
    'The honourable mei',
  ])
  expect(entries.map((entry) => linkOf(entry, 'alternate'))).toEqual(
    Array(2).fill(`${app.origin}/suggestions/${id}`),
  )
  expect(entries[1]!.attributes['xml:lang']).toBe('en-GB')
  expect(textOf(entries[0]!, 'content')).toBe('I agree.')
  for (const element of [xml!, ...entries]) {
    expect(textOf(element, 'id')).toMatch(
      /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    )
  }
})

test('pages of 50 lead on by next, each entry once, and keep their filters', async () => {
  await using app = await city()
  for (let one = 0; one < 60; one++) await app.submit('mei', { agency: one % 6 ? 'PWD' : 'Parks' })

  const first = await feed(app)
  const next = linkOf(first.xml!, 'next')!
  const second = await feed(app, next.slice(app.origin.length))
  const ids = [first, second].map(({ xml }) =>
    childrenOf(xml!, 'entry').map((entry) => textOf(entry, 'id')),
  )
  expect(ids.map(({ length }) => length)).toEqual([50, 10])
  expect(new Set(ids.flat()).size).toBe(60)
  expect(linkOf(second.xml!, 'self')).toBe(next)
  expect(linkOf(second.xml!, 'first')).toBe(`${app.origin}/feed.atom`)
  expect(linkOf(second.xml!, 'next')).toBeUndefined()
  expect(textOf(second.xml!, 'id')).toBe(textOf(first.xml!, 'id'))
  const parks = await feed(app, '/feed.atom?agency=Parks&noun=suggestion')
  expect(childrenOf(parks.xml!, 'entry')).toHaveLength(10)
  expect(linkOf(parks.xml!, 'self')).toBe(`${app.origin}/feed.atom?agency=Parks&noun=suggestion`)
  expect((await feed(app, '/feed.atom?limit=3')).response.status).toBe(400)
})

test('a reader that asks again is told that nothing changed, until something does', async () => {
  await using app = await city()
  await app.submit('mei')
  const { response } = await feed(app)
  const etag = response.headers.get('etag')!
  // A second that is not over may still bring something.
  expect(response.headers.get('last-modified')).toBeNull()
  const status = async (headers: Record<string, string>) =>
    (await feed(app, '/feed.atom', headers)).response.status

  expect(await status({ 'if-none-match': etag })).toBe(304)
  await app.sql`alter table journal disable trigger all`
  await app.sql`update journal set at = at - interval '1 minute'`
  const modified = (await feed(app)).response.headers.get('last-modified')!
  expect(await status({ 'if-modified-since': modified })).toBe(304)
  await app.submit('mei')
  expect(await status({ 'if-none-match': etag })).toBe(200)
  expect(await status({ 'if-modified-since': modified })).toBe(200)
})

const hostile = [
  ']]> <script>alert(1)</script> <![CDATA[',
  'quotes " and \' and & and &amp; and &#0; and <!-- -->',
  'bell \u0007, escape \u001B, \uFFFE and \uFFFF',
  'right to left \u200F\u202Eevil\u202C and שלום',
  'a line\r\nand another\ttab \u{1F4A1} 路灯',
]

test('hostile texts leave the feed well-formed and come out as they went in', async () => {
  await using app = await city()
  for (const text of hostile) await app.submit('mei', { title: text, text, why: text })
  const { xml } = await feed(app)
  const told = childrenOf(xml!, 'entry').map((entry) => textOf(entry, 'content'))
  const kept = hostile.map((text) => text.replace(/[\u0007\u001B\uFFFE\uFFFF]/g, '\uFFFD'))
  expect(told.toReversed()).toEqual(kept.map((text) => `${text}\n\n${text}`))
})

test('a feed of nothing is a feed', () => {
  const empty = {
    origin: 'https://city.example',
    hash: '0'.repeat(64),
    title: '<&>',
    self: '/?a=1&b="',
    first: '/',
  }
  const xml = readXml(atomOf({ ...empty, next: undefined, entries: [], titles: new Map() }))
  expect(textOf(xml, 'updated')).toBe('1970-01-01T00:00:00.000Z')
  expect(linkOf(xml, 'self')).toBe(empty.origin + empty.self)
})
