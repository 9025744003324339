import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { publishPast } from '../../server/publications/publish-past.ts'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page
let emptyHeights: number[]

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
  await openBoard()
  await page.locator('[data-measure=resolutionGap]', { hasText: 'not yet' }).waitFor()
  emptyHeights = await heights(page)

  const yesterday = localDay(-1)
  await city.post(...surveyed('A', localDay(-2), 40), ...surveyed('B', yesterday, 60))
  const closed = { status: 'closed', closeReason: 'resolved', closedAt: new Date().toISOString() }
  await city.post({ id: 'OPEN' }, { id: 'CLOSED', ...closed })
  const from = dateOf(localDay(-2))
  await publishPast({ db: city.db, sql: city.sql, clock: 'database', from })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** Noon in the city, so many days from today. */
function localDay(days: number): number {
  const OFFSET = 8 * HOUR
  return Math.floor((Date.now() + OFFSET) / DAY) * DAY - OFFSET + days * DAY + 12 * HOUR
}

const dateOf = (noon: number): string => new Date(noon + 8 * HOUR).toISOString().slice(0, 10)

/** Closed as resolved, and asked on the same day: two in three citizens say that it is, half are satisfied. */
function surveyed(prefix: string, noon: number, count: number): object[] {
  const at = new Date(noon).toISOString()
  return Array.from({ length: count }, (_, i) => ({
    id: `${prefix}${i}`,
    // More than 24 hours ago also in the small hours, when yesterday's noon is not.
    receivedAt: new Date(noon - 26 * HOUR).toISOString(),
    respondedAt: at,
    status: 'closed',
    closedAt: at,
    closeReason: 'resolved',
    survey: { at, resolved: i % 3 > 0, satisfaction: i % 2 ? 5 : 2 },
  }))
}

async function openBoard(path = '/') {
  await visit(page, city.origin + path)
  const board = boardOn(page)
  await board.state('live')
  return board
}

/** Of every headline tile, in CSS pixels. */
const heights = (page: Page): Promise<number[]> =>
  page.$$eval('[data-measure]', (tiles) => tiles.map((tile) => tile.getBoundingClientRect().height))

async function published(window: string) {
  const measures = 'resolutionConfirmed,resolutionGap,satisfactionRate,surveyCoverage'
  const answer = await fetch(`${city.origin}/api/v1/view?measures=${measures}&window=${window}`)
  const { columns, totals } = (await answer.json()) as {
    columns: { id: string }[]
    totals: (number | null)[]
  }
  const cells = new Map(columns.map(({ id }, index) => [id, totals[index]!]))
  return (id: string) => cells.get(id)!
}

const percent = (share: number) => `${Math.round(share * 100)}%`

test('the pair shows the two judges, their distance and the coverage as the API answers them', async () => {
  const told = await published('1d')
  const { tile } = await openBoard()
  const pair = tile('resolutionGap')
  await pair.getByText('apart').waitFor()

  const [hits, n] = [told('resolutionGap.asserted'), told('resolutionGap.n')]
  expect(n).toBe(60)
  const text = (await pair.innerText()).replaceAll(/\s+/g, ' ')
  const value = (judge: string) => pair.locator(`[data-judge=${judge}]`).textContent()
  expect((await value('citizens'))!.trim()).toBe(percent(told('resolutionConfirmed')))
  expect((await value('agencies'))!.trim()).toBe(percent(hits / n))
  const apart = (hits - told('resolutionGap.confirmed')) / n
  expect(told('resolutionGap')).toBeCloseTo(apart, 3)
  expect(text).toContain(`${(100 * apart).toFixed(1)} points apart`)
  expect(text).toContain(`${told('resolutionConfirmed.numerator')} of ${n}`)
  expect(text).toContain(`coverage ${percent(told('surveyCoverage'))}`)
  expect(text).toMatch(/published for \w{3} \d+ \w{3} .*as first published/)

  const satisfaction = await tile('satisfactionRate').locator('.figure').textContent()
  expect(satisfaction!.trim()).toBe(percent(told('satisfactionRate')))
  expect(await page.locator('main > p').textContent()).toContain(
    percent(told('resolutionConfirmed')),
  )
})

test('filters narrow live numbers, and published ones are marked as the whole city’s', async () => {
  const { tile, shows } = await openBoard('/?area=Old+Town')
  await shows('received', '2')

  for (const measure of ['resolutionGap', 'satisfactionRate']) {
    await tile(measure).getByText('whole city', { exact: false }).first().waitFor()
  }
  // The sentence says of a part of the city only what is counted of it.
  const sentence = await page.locator('main > p').textContent()
  expect(sentence).toContain('Old Town')
  expect(sentence).not.toContain('%')
})

test('the card of a published number tells it as it was told', async () => {
  const told = await published('1d')
  const { tile } = await openBoard()
  await tile('satisfactionRate').getByRole('button').click()
  const card = page.getByRole('dialog')
  await card.waitFor()

  const [hits, n] = [told('satisfactionRate.numerator'), told('satisfactionRate.n')]
  const text = await card.innerText()
  expect(text).toContain(`${hits} ÷ ${n} = ${percent(told('satisfactionRate'))}`)
  expect(text).toContain('as first published')
  expect(text).not.toContain('live')
})

test('filters are taken off one by one or all at once', async () => {
  await openBoard('/?category=Leaks&area=Old+Town')
  const query = () => new URL(page.url()).search
  await page.getByRole('button', { name: 'Remove the filter Leaks' }).click()
  await page.waitForFunction('location.search === "?area=Old+Town"')
  await page.goBack()
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.waitForFunction('location.search === ""')
  expect(query()).toBe('')
})

test('tiles are equally high in every state: empty, loading, live, without data, lost', async () => {
  const loading = boardOn(await chromium.newPage({ viewport: { width: 1440, height: 900 } }))
  await loading.page.route('**/api/v1/deployment', () => {})
  await loading.page.goto(city.origin)
  await loading.page.locator('[data-measure=received][data-state=loading]').waitFor()
  const usual = await heights(loading.page)
  expect(new Set(usual).size).toBe(1)
  expect(emptyHeights).toEqual(usual)
  await loading.page.close()

  const { tile, state } = await openBoard('/?window=90d')
  await tile('satisfactionRate').getByText('no data').waitFor()
  expect(await heights(page)).toEqual(usual)

  await openBoard()
  await tile('resolutionGap').getByText('apart').waitFor()
  expect(await heights(page)).toEqual(usual)
  await city.stop()
  await state('reconnecting')
  expect(await heights(page)).toEqual(usual)
})
