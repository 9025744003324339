import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { pictureOf } from './picture-of.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

/** Half an hour is given: of Water half are on time, of Parks one in ten; Streets has a rush. */
beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
  const tickets = Array.from({ length: 30 }, (_, i) => {
    const isWater = i < 20
    const isOnTime = isWater ? i % 2 === 0 : i === 29
    const received = 3 + (i % 5)
    return {
      id: `C${i}`,
      agency: isWater ? 'Water' : 'Parks',
      category: i % 3 ? 'Leaks' : 'Noise',
      receivedAt: ago(received),
      status: 'closed',
      closeReason: 'resolved',
      closedAt: ago(received - (isOnTime ? 0.3 : 1)),
    }
  })
  const rush = Array.from({ length: 40 }, (_, i) => ({
    id: `C-rush${i}`,
    agency: 'Streets',
    receivedAt: ago(4),
  }))
  await city.post(...tickets, ...rush, { id: 'C-open', agency: 'Parks', receivedAt: ago(4) })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const TWO = '?a=agency%3AWater&b=agency%3AParks'

async function openComparison(query: string) {
  await visit(page, `${city.origin}/compare${query}`)
  await boardOn(page).state('live')
  await page.locator('[data-panel=categories] [data-code=Leaks]').waitFor()
}

/** The totals that the API answers, by column. */
async function asked(query: string) {
  const answer = await fetch(`${city.origin}/api/v1/view?${query}`)
  const { columns, totals } = (await answer.json()) as {
    columns: { id: string }[]
    totals: (number | null)[]
  }
  return Object.fromEntries(columns.map(({ id }, place) => [id, totals[place]]))
}

const value = async (page: Page, measure: string, side: string) =>
  (await page.locator(`[data-measure=${measure}] [data-side=${side}] .figure`).innerText()).trim()

const difference = async (page: Page, measure: string) =>
  (await page.locator(`[data-measure=${measure}] [data-difference]`).innerText()).trim()

test('two agencies show what the API answers of each, and the difference with what it may carry', async () => {
  await openComparison(TWO)
  await page.getByRole('heading', { level: 1, name: 'Water against Parks' }).waitFor()
  const of = (agency: string) =>
    asked(`window=24h&agency=${agency}&measures=received,closed,open,onTimeRate`)
  const [water, parks] = await Promise.all([of('Water'), of('Parks')])

  for (const measure of ['received', 'closed', 'open'] as const) {
    expect(await value(page, measure, 'a')).toBe(String(water[measure]))
    expect(await value(page, measure, 'b')).toBe(String(parks[measure]))
  }
  expect([water.received, parks.received, parks.open]).toEqual([20, 11, 1])
  const percent = (share: unknown) => `${(100 * Number(share)).toFixed(1)}%`
  expect(await value(page, 'onTimeRate', 'a')).toBe(percent(water.onTimeRate))
  expect(await value(page, 'onTimeRate', 'b')).toBe(percent(parks.onTimeRate))
  expect(await difference(page, 'onTimeRate')).toMatch(/^\+40\.9 points, A is higher$/)
  expect(await page.locator('[data-measure=onTimeRate]').innerText()).toContain('+5.9 to +62.3')
  expect(await difference(page, 'received')).toBe('+9 (+81.8%), unclear: may be chance')

  // Each number is computed before the reader, by the side it is of.
  const card = page.getByRole('dialog')
  const said = async (place: string) => {
    await page.locator(`${place} [data-define]`).first().click()
    return card.innerText()
  }
  const ofWater = await said('[data-measure=onTimeRate] [data-side=a]')
  expect(ofWater).toContain('On-time rate, Water')
  expect(ofWater).toContain('10 ÷ 20 = 50.0%')
  expect(ofWater).toMatch(/Journal \d+/)
  const ofParks = await said('[data-measure=onTimeRate] [data-side=b]')
  expect(ofParks).toContain('On-time rate, Parks')
  expect(ofParks).toContain('1 ÷ 11 = 9.1%')
  const opened = await said('[data-panel=backlogs] [data-side=b] th:nth-child(3)')
  expect(opened).toContain('Open, Parks')
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'hidden' })
  const heads = '.two thead th.n, [data-panel=categories] thead th.n'
  const told = page.locator(`[data-measure] [data-side], [data-panel] h3 + p, ${heads}`)
  expect(await told.count()).toBe(28)
  expect(await told.filter({ hasNot: page.locator('[data-define]') }).count()).toBe(0)
})

test('both charts and both tables have one scale, and the numbers stand in a table too', async () => {
  await openComparison('?a=agency:Streets&b=agency:Parks')
  await page.getByRole('heading', { level: 1, name: 'Streets against Parks' }).waitFor()
  const charts = page.locator('[data-panel=flows] canvas')
  await expect.poll(() => charts.count()).toBe(2)
  const reach = await charts.evaluateAll((list) =>
    list.map((canvas) => (canvas as unknown as { dataset: Record<string, string> }).dataset.reach),
  )
  expect(reach[0]).toBe(reach[1])
  expect(Number(reach[0])).toBeGreaterThanOrEqual(40)

  // Both stand in one picture, as wide as the panel.
  const flows = page.locator('[data-panel=flows]')
  const picture = await pictureOf(page, () =>
    flows.getByRole('button', { name: /^Download as PNG/ }).click(),
  )
  const { width } = (await flows.boundingBox())!
  expect(picture.width).toBe(2 * (Math.round(width) + 48))
  expect(picture.colors['--series-1']).toBeGreaterThan(500)

  const rows = page.locator('[data-panel=flows] tbody tr')
  const cells = await rows.evaluateAll((list) =>
    list.map((row) => {
      const { cells } = row as unknown as { cells: Iterable<{ innerText: string }> }
      return [...cells].slice(1).map(({ innerText }) => Number(innerText))
    }),
  )
  const sum = (place: number) => cells.reduce((total, row) => total + (row[place] || 0), 0)
  expect([sum(0), sum(1)]).toEqual([40, 11])
  await page.getByRole('button', { name: 'Show as a table' }).click()
  await page.getByRole('region', { name: 'Table: Received and closed' }).waitFor()
  expect(new URL(page.url()).search).toBe('?a=agency%3AStreets&b=agency%3AParks&show=flows-table')
  expect(await page.locator('[data-panel=flows] th.n [data-define]').count()).toBe(4)
  await page.goBack()
  await charts.first().waitFor()
  await page.goForward()
  await page.getByRole('region', { name: 'Table: Received and closed' }).waitFor()
  const href = await page.getByRole('link', { name: 'CSV B' }).first().getAttribute('href')
  expect(await (await fetch(city.origin + href)).text()).toContain('11')
})

test('sides are chosen, swapped and kept in the address, and follow the city live', async () => {
  await openComparison(TWO)
  await page.getByRole('heading', { level: 1, name: 'Water against Parks' }).waitFor()
  await page.getByRole('button', { name: 'Swap the sides' }).click()
  await page.waitForURL('**/compare?a=agency%3AParks&b=agency%3AWater')
  await page.locator('[data-measure=received] [data-side=a]', { hasText: '11' }).waitFor()

  const picker = page.getByRole('combobox', { name: 'Side B', exact: true })
  await picker.click()
  await picker.selectText()
  await page.keyboard.type('whole')
  await page.getByRole('option', { name: 'Whole city' }).click()
  await page.waitForURL('**/compare?a=agency%3AParks&b=now')
  await page.getByText('Some tickets are on both sides').waitFor()
  await page.locator('[data-measure=received] [data-side=b]', { hasText: '71' }).waitFor()
  await page.getByLabel('Period of side B').selectOption('previous')
  await page.waitForURL('**/compare?a=agency%3AParks&b=previous')
  await page
    .locator('[data-measure=received] [data-side=b]', { hasText: /^B.*it means\s*0/ })
    .waitFor()

  await page.goBack()
  await page.locator('[data-measure=received] [data-side=b]', { hasText: '71' }).waitFor()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link to this moment' }).click()
  await page.getByRole('status').filter({ hasText: 'Link copied' }).waitFor()
  const moment = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(moment).toMatch(/\?a=agency%3AParks&b=now&at=\d+,\d+$/)
  await city.post({ id: 'C-new', agency: 'Parks' })
  await page.locator('[data-measure=received] [data-side=a]', { hasText: '12' }).waitFor()

  // As it was shown, and back.
  await visit(page, moment)
  await boardOn(page).state('past')
  expect(await value(page, 'received', 'a')).toBe('11')
  const csv = page.getByRole('link', { name: 'CSV A' }).first()
  const file = await fetch(city.origin + (await csv.getAttribute('href')))
  expect((await file.text()).split('\n').at(-2)).toMatch(/^,?11,/)
  const bar = page.getByRole('group', { name: 'A past moment' })
  expect(await bar.textContent()).toMatch(/journal [\d,]+: not live\./)
  await page.getByRole('button', { name: 'Back to now' }).click()
  await page.waitForURL('**/compare?a=agency%3AParks&b=now')
  await page.locator('[data-measure=received] [data-side=a]', { hasText: '12' }).waitFor()
})

test('the board leads to it from its bar and from the menu of a row', async () => {
  await visit(page, `${city.origin}/?agency=Water&window=7d`)
  await boardOn(page).state('live')
  const row = page.locator('[data-panel=agency] tr', { hasText: 'Parks' })
  await row.getByRole('button', { name: 'More' }).press('Enter')
  await page.getByRole('menu').waitFor()
  expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
    'Narrow everything to Parks',
    'On-time rate: what it means',
    'Page of Parks',
    'Compare Parks with Water',
    'Compare Parks with the whole city',
    'Compare Parks with itself, the 7 days before',
  ])
  expect(await faults(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'with Water' }).press('Enter')
  await page.waitForURL('**/compare?a=agency%3AParks&b=agency%3AWater&window=7d')
  await page.goBack()
  await boardOn(page).state('live')
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.waitForURL('**/compare?a=agency%3AWater&b=now&window=7d')
  await page.getByRole('heading', { level: 1, name: 'Water against Whole city' }).waitFor()
})
