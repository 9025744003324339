import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { pictureOf } from './picture-of.ts'

const DAY = 86_400_000
let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let board: Awaited<ReturnType<typeof openBoard>>

/** Half an hour is given: of those that are open, all but the three youngest are overdue. */
beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()
  const ages = [0.005, 0.005, 0.005, 2, 9, 9, 40, 200].map((days) => ({ receivedAt: ago(days) }))
  const noise = Array.from({ length: 12 }, (_, index) => ({
    category: 'Noise',
    receivedAt: ago(0.4),
    ...(index > 0 && { status: 'closed', closedAt: ago(0.4 - index / 100) }),
  }))
  const before = [1, 2, 3].map(() => ({
    category: 'Noise',
    receivedAt: ago(1.5),
    status: 'closed',
    closedAt: ago(1.4),
  }))
  const tickets = [...ages, ...noise, ...before].map((ticket, index) => ({
    id: `P${index}`,
    ...ticket,
  }))
  await city.post(...tickets)
  board = await openBoard()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard() {
  const opened = boardOn(await chromium.newPage({ viewport: { width: 1440, height: 900 } }))
  await opened.page.goto(city.origin)
  await opened.state('live')
  await opened.page.locator('[data-code=Noise]').waitFor()
  return opened
}

interface Answer {
  columns: { id: string }[]
  rows: (string | number | null)[][]
  totals: (string | number | null)[]
}

/** What the API answers, by column; of a row, or of all. */
async function asked(query: string, key?: string) {
  const answer = await fetch(`${city.origin}/api/v1/view?${query}`)
  const { columns, rows, totals } = (await answer.json()) as Answer
  const row = key === undefined ? totals : rows.find(([first]) => first === key)!
  return Object.fromEntries(columns.map(({ id }, place) => [id, row[place]]))
}

const cell = (page: Page, row: string, name: string) =>
  page.locator(`${row} [data-cell=${name}]`).innerText()

/** How many tickets are in the list to which a row leads. */
async function listed(page: Page, row: string) {
  const href = await page.locator(`${row} th a`).getAttribute('href')
  const groups = await fetch(`${city.origin}/api/v1${href}&by=status`)
  return ((await groups.json()) as { total: number }).total
}

test('the backlog shows what the API answers, and its rows add up', async () => {
  const { page } = board
  const numbers = await asked('window=24h&measures=open,overdue,backlogAge,overdueByAge')

  for (const band of ['days0to7', 'days8to30', 'days31to90', 'daysOver90']) {
    const row = `[data-panel=backlog] [data-row=${band}]`
    expect(await cell(page, row, 'open')).toBe(String(numbers[`backlogAge.${band}`]))
    expect(await cell(page, row, 'overdue')).toBe(String(numbers[`overdueByAge.${band}`]))
    expect(await listed(page, row)).toBe(numbers[`backlogAge.${band}`])
  }
  expect(await listed(page, '[data-panel=backlog] [data-row=all]')).toBe(numbers.open)
  expect([numbers['backlogAge.days0to7'], numbers['overdueByAge.days0to7']]).toEqual([5, 2])
  expect([numbers['backlogAge.days8to30'], numbers['overdueByAge.days8to30']]).toEqual([2, 2])
  expect(await cell(page, '[data-panel=backlog] [data-row=all]', 'open')).toBe(String(numbers.open))
  expect(await cell(page, '[data-panel=backlog] [data-row=all]', 'overdue')).toBe('6')
  const panel = await page.locator('[data-panel=backlog]').innerText()
  expect(panel).toContain('oldest 200')
  expect(panel).toContain('3 due within 24 hours')
})

test('a category shows what the API answers, its change and how long closing takes', async () => {
  const { page } = board
  const query = 'window=24h&by=category&measures=received,open,overdue,timeToClose'
  const noise = await asked(query, 'Noise')

  const row = '[data-panel=category] [data-code=Noise]'
  expect(await cell(page, row, 'received')).toBe(String(noise.received))
  expect(await cell(page, row, 'open')).toBe(String(noise.open))
  expect(await cell(page, row, 'overdue')).toBe(String(noise.overdue))
  expect(await cell(page, row, 'change')).toBe('+300% more')
  expect([noise.received, noise['timeToClose.n']]).toEqual([12, 11])
  const hours = Math.floor(Number(noise['timeToClose.p50']) / 3600)
  expect(await cell(page, row, 'p50')).toMatch(new RegExp(`^${hours}\\sh`))
  const href = await page.locator('[data-panel=category] a[download]').getAttribute('href')
  expect(await (await fetch(city.origin + href)).text()).toContain('Noise,12,')
})

test.each(['flow', 'agency', 'area', 'category', 'backlog'])(
  'every cell of the file of the panel %s is what the API answers',
  async (panel) => {
    const link = board.page.locator(`[data-panel=${panel}] a[download]`)
    const href = (await link.getAttribute('href'))!
    const [file, answer] = await Promise.all([
      fetch(city.origin + href).then((told) => told.text()),
      fetch(city.origin + href.replace('/view.csv', '/view')).then((told) => told.json()),
    ])
    const { columns, rows, totals } = answer as Answer
    const lines = [columns.map(({ id }) => id), ...rows, totals]
    expect(rows.length).toBeGreaterThan(panel === 'backlog' ? -1 : 0)
    expect(file.trimEnd().split('\r\n')).toEqual(
      lines.map((line) => line.map((cell) => cell ?? '').join(',')),
    )
  },
)
test('a table in the place of a chart is in the address, and back leads to the chart', async () => {
  const { page } = board
  const panel = page.locator('[data-panel=flow]')
  await panel.getByRole('button', { name: 'Show as a table' }).click()
  await panel.getByRole('region', { name: 'Table: ' }).waitFor()
  expect(new URL(page.url()).search).toBe('?show=flow-table')
  await page.goBack()
  await panel.locator('canvas').waitFor()
  expect(new URL(page.url()).search).toBe('')
})

test('what is drawn without a canvas is had as a picture too, with its bars, stripes and lines', async () => {
  const { page } = board
  const press = (panel: string) => () =>
    page
      .locator(`[data-panel=${panel}]`)
      .getByRole('button', { name: /^Download as PNG/ })
      .click()
  const backlog = await pictureOf(page, press('backlog'))
  expect(backlog.name).toMatch(/^open-tickets-by-age-/)
  const body = (await page.locator('[data-panel=backlog] .body').boundingBox())!
  expect(backlog.width).toBe(2 * (Math.round(body.width) + 48))
  expect(backlog.colors['--bar-strong']).toBeGreaterThan(500)
  expect(backlog.colors['--overdue']).toBeGreaterThan(500)
  expect(backlog.colors['--ink']).toBeGreaterThan(500)
  const category = await pictureOf(page, press('category'))
  expect(category.colors['--series-1']).toBeGreaterThan(300)
})

test('the order of categories is in the address', async () => {
  const { page } = board
  const panel = page.locator('[data-panel=category]')
  const first = () => panel.locator('tbody tr').first().getAttribute('data-code')
  expect(await first()).toBe('Noise')

  await panel.getByRole('button', { name: 'Most overdue' }).click()
  expect(new URL(page.url()).search).toBe('?sort=overdue')
  expect(await first()).toBe('Leaks')
  await page.goBack()
  await panel.locator('[aria-pressed=true]', { hasText: 'Movers' }).waitFor()
  expect(await first()).toBe('Noise')
})

test('a category narrows everything by mouse and by keyboard, and Escape widens again', async () => {
  const { page, shows } = board
  const all = String((await asked('window=24h&measures=received')).received)
  await shows('received', all)

  const button = page
    .locator('[data-panel=category]')
    .getByRole('button', { name: 'Noise', exact: true })
  await button.click()
  await shows('received', '12')
  expect(await button.getAttribute('aria-pressed')).toBe('true')
  expect(new URL(page.url()).search).toBe('?category=Noise')
  // The table is not narrowed by itself: what was chosen stands beside the others.
  expect(await page.locator('[data-panel=category] [data-code=Leaks]').count()).toBe(1)
  await page.keyboard.press('Escape')
  await shows('received', all)
  expect(await button.getAttribute('aria-pressed')).toBe('false')

  await button.press('Enter')
  await shows('received', '12')
  await page
    .locator('[data-panel=backlog] [data-row=all] [data-cell=open]', { hasText: /^1$/ })
    .waitFor()
})
