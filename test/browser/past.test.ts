import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { noteDefinitions } from '../../server/definitions/note-definitions.ts'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { follow, turnTo, visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Where moments are copied. */
let now: Page
let posted = 0
const WIDE = { width: 1440, height: 900 }

const receive = (count: number) =>
  city.post(...Array.from({ length: count }, () => ({ id: `T${++posted}` })))

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await receive(3)
  now = await chromium.newPage({ viewport: WIDE })
  await now.context().grantPermissions(['clipboard-read', 'clipboard-write'])
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openPage(path: string, state: string) {
  const board = boardOn(await chromium.newPage({ viewport: WIDE }))
  await board.page.goto(city.origin + path)
  await board.state(state)
  return { ...board, [Symbol.asyncDispose]: () => board.page.close() }
}

const deployment = async () =>
  (await (await fetch(`${city.origin}/api/v1/deployment`)).json()) as Deployment

/** What the card of a number says under it: of when it is, and of which row of the journal. */
async function footOfCard({ page, tile }: Pick<ReturnType<typeof boardOn>, 'page' | 'tile'>) {
  await tile('received').getByRole('button').first().click()
  const foot = await page.getByRole('dialog').locator('.foot').innerText()
  await page.keyboard.press('Escape')
  return foot
}

async function copyMoment(path = '/'): Promise<string> {
  await visit(now, city.origin + path)
  const live = boardOn(now)
  await live.state('live')
  await live.shows('received', String(posted))
  await now.getByRole('button', { name: 'Copy link to this moment' }).click()
  await now.getByRole('status').filter({ hasText: 'Link copied' }).waitFor()
  const link = new URL(await now.evaluate<string>('navigator.clipboard.readText()'))
  expect(link.origin).toBe(city.origin)
  return link.pathname + link.search
}

test('a link to a moment shows what was shown then, says that it is not live, and leads back to now', async () => {
  const then = posted
  const link = await copyMoment('/?window=7d')
  expect(link).toMatch(/^\/\?window=7d&at=\d+,\d+$/)
  await receive(2)

  await using past = await openPage(link, 'past')
  await past.shows('received', String(then))
  const bar = past.page.getByRole('group', { name: 'A past moment' })
  expect(await bar.textContent()).toMatch(
    /As of \d+ \w{3} \d{4}, \d\d:\d\d, journal [\d,]+: not live\./,
  )
  expect(await past.tile('received').textContent()).toMatch(/as of \d+ \w{3} \d\d:\d\d/)
  expect(await past.tile('received').getAttribute('class')).not.toContain('old')
  expect(await past.page.locator('[data-live=past] i').count()).toBe(0)
  expect(
    await past.page
      .getByRole('link', { name: /Download as CSV/ })
      .first()
      .getAttribute('href'),
  ).toContain('at=')
  const journal = `Journal ${Number(/at=(\d+)/.exec(link)![1]).toLocaleString('en')}`
  const row = new RegExp(`${journal}(?!\\d)`)
  expect(await footOfCard(past)).toMatch(row)

  await receive(1)
  await past.page.getByRole('button', { name: '24 hours', exact: true }).click()
  await past.state('past')
  await past.shows('received', String(then))
  await past.page.getByRole('button', { name: 'Back to now' }).click()
  await past.state('live')
  await past.shows('received', String(posted))
  expect(new URL(past.page.url()).search).toBe('')
  expect(await footOfCard(past)).not.toMatch(row)

  // Of the moment too where the page has been live before.
  await follow(past.page, link)
  await past.state('past')
  await past.shows('received', String(then))
  expect(await footOfCard(past)).toMatch(row)
})

test('what cannot be shown is said, with the way back', async () => {
  await using past = await openPage('/?at=999999,1', 'refused')

  expect(await past.page.getByRole('group', { name: 'A past moment' }).textContent()).toContain(
    'This moment cannot be shown: This is not past yet',
  )
  await past.page.getByRole('button', { name: 'Back to now' }).click()
  await past.shows('received', String(posted))
})

test('a past before a break is recounted with its progress shown, and the break stands in the chart and the table', async () => {
  const then = posted
  const link = await copyMoment()
  await receive(1)
  await noteDefinitions(city.db, [
    { measure: 'received', version: 2, contributionsVersion, sha256: '00' },
    { measure: 'closed', version: 2, contributionsVersion, sha256: '00' },
  ])
  await expect.poll(async () => (await deployment()).breaks).toHaveLength(2)
  const held = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const holding = city.sql.begin(async (sql) => {
    await sql`lock table ticket in access exclusive mode`
    locked.resolve()
    await held.promise
  })
  await locked.promise

  await using past = await openPage(link, 'loading')
  await past.page.getByRole('progressbar', { name: /Counting the tickets/ }).waitFor()
  held.resolve()
  await holding
  await past.state('past')
  await past.shows('received', String(then))
  expect(await past.page.getByRole('group', { name: 'A past moment' }).textContent()).toContain(
    "Recounted by today's definitions",
  )

  await past.page.getByRole('button', { name: 'Back to now' }).click()
  await past.state('live')
  await past.page.getByText('dashed: a new definition since then').waitFor()
  await past.page.getByRole('button', { name: 'Show as a table' }).click()
  await past.page.getByRole('cell', { name: /a new definition since then/ }).waitFor()

  // What it means since when stands with the definition, and what did not change says so.
  const { seq } = (await deployment()).breaks[0]!
  await turnTo(past.page, '/definitions')
  const versions = (id: string) => past.page.locator(`#${id}`).innerText()
  await expect
    .poll(() => versions('received'))
    .toMatch(
      new RegExp(
        `version 2 since \\d+ \\w{3} \\d{4}, \\d\\d:\\d\\d, journal ${seq.toLocaleString('en')}: what`,
      ),
    )
  expect(await versions('open')).toContain('version 1; its series has not broken here')
})

test('a lost server greys nothing that is past', async () => {
  const link = await copyMoment()
  await using past = await openPage(link, 'past')

  await city.stop()
  await boardOn(now).state('reconnecting')

  expect(await past.tile('received').getAttribute('data-state')).toBe('past')
  expect(await past.tile('received').getAttribute('class')).not.toContain('old')
})
