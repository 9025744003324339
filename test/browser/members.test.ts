import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

const DAY = 86_400_000
let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page

const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()

/** Half an hour is given: what is closed within it is on time. */
beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
  const tickets = Array.from({ length: 60 }, (_, i) => {
    const days = i < 40 ? 0.3 + (i % 8) / 100 : 8 + (i % 5)
    return {
      id: `M${i}`,
      receivedAt: ago(days),
      agency: i % 3 === 0 ? 'Parks' : 'Water',
      area: i % 2 ? 'Old Town' : 'Saltmarsh',
      category: i % 4 === 0 ? 'Noise' : 'Leaks',
      ...(i % 5 > 0 && { status: 'closed', closedAt: ago(days - (i % 2 ? 0.01 : 0.1)) }),
    }
  })
  await city.post(...tickets)
  // A page that has all its files asks for names before the engine has them.
  const names = async () => (await fetch(`${city.origin}/api/v1/deployment`)).text()
  await vi.waitUntil(async () => (await names()).includes('Water'), { timeout: 30_000 })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openMember(path: string) {
  const board = boardOn(page)
  await visit(page, city.origin + path)
  await board.state('live')
  return board
}

/** What the API answers, by column. */
async function asked(query: string) {
  const answer = await fetch(`${city.origin}/api/v1/view?${query}`)
  const { columns, totals } = (await answer.json()) as {
    columns: { id: string }[]
    totals: (number | null)[]
  }
  return Object.fromEntries(columns.map(({ id }, place) => [id, totals[place]!]))
}

test('an agency has the numbers that the API answers for it, and says where it stands', async () => {
  const { shows } = await openMember('/agencies/Water')
  const now = await asked('window=24h&measures=received,open&agency=Water')
  const all = await asked('window=24h&measures=received')
  expect(now.received).toBeLessThan(all.received!)
  await shows('received', String(now.received))
  await shows('open', String(now.open))

  const heading = page.getByRole('heading', { level: 1, name: 'Water' })
  expect(await heading.isVisible()).toBe(true)
  expect(await page.locator('section', { has: heading }).innerText()).toContain(
    'An agency of Port Halcyon, code Water',
  )
  const ranking = page.locator('[data-panel=agency]')
  await ranking.getByText('of all (95%:').waitFor()
  const others = ranking.getByRole('button', { pressed: false, name: 'Parks', exact: true })
  expect(await others.count()).toBe(1)
  const own = ranking.getByRole('button', { pressed: true, name: 'Water', exact: true })
  expect(await own.count()).toBe(1)

  const targets = page.locator('[data-panel=targets]')
  const promise = '24 hours by the clock to respond, 30 minutes to close'
  expect(await targets.locator('dt').allInnerTexts()).toEqual([promise])
  expect((await targets.locator('dd').innerText()).split(', ').sort()).toEqual(['Leaks', 'Noise'])
})

test('its week is that of the API, against the week before', async () => {
  await openMember('/areas/Saltmarsh')
  const query = 'window=7d&measures=received,closed,open,onTimeRate&area=Saltmarsh'
  const [now, before] = await Promise.all([asked(query), asked(`${query}&period=previous`)])
  const cell = (row: string, name: string) =>
    page.locator(`[data-panel=week] [data-row=${row}] [data-cell=${name}]`).innerText()
  await page.locator('[data-row=received]').waitFor()

  for (const id of ['received', 'closed', 'open']) {
    expect([await cell(id, 'now'), await cell(id, 'before')]).toEqual([
      String(now[id]),
      String(before[id]),
    ])
  }
  expect(await cell('onTimeRate', 'now')).toBe(`${(100 * now.onTimeRate!).toFixed(1)}%`)
  expect(now.received).toBeGreaterThan(before.received!)
  expect(await page.locator('[data-row=onTimeRate]').innerText()).toContain(
    `of ${now['onTimeRate.n']} due after ${before['onTimeRate.n']}`,
  )
})

test('what else narrows it is in the address and can be taken off; the member itself cannot', async () => {
  const { shows } = await openMember('/agencies/Water?agency=Parks&area=Saltmarsh')
  const query = 'window=24h&measures=received&agency=Water'
  const narrow = await asked(`${query}&area=Saltmarsh`)
  const water = await asked(query)
  await shows('received', String(narrow.received))
  expect(new URL(page.url()).search).toBe('?area=Saltmarsh')
  expect(await page.getByLabel('Narrow to an agency').count()).toBe(0)

  await page.keyboard.press('Escape')
  await shows('received', String(water.received))
  await page.keyboard.press('Escape')
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/agencies/Water')
  await shows('received', String(water.received))
})

test('a category stands among the categories, and pressing another one leads to its page', async () => {
  const { shows } = await openMember('/categories/Leaks?window=7d')
  const ranking = page.locator('[data-panel=category]')
  await ranking.getByRole('button', { name: 'Noise', exact: true }).click()
  await page.waitForURL('**/categories/Noise?window=7d')
  const noise = await asked('window=7d&measures=received&category=Noise')
  await shows('received', String(noise.received))
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Leaks' }).waitFor()
})

test('a name on the board has a link to its page beside it, and still narrows when it is pressed', async () => {
  const { shows } = await openMember('/')
  const all = await asked('window=24h&measures=received')
  await shows('received', String(all.received))
  const agencies = page.locator('[data-panel=agency]')
  await agencies.getByRole('button', { name: 'Water', exact: true }).click()
  expect(new URL(page.url()).search).toBe('?agency=Water')

  await agencies.getByRole('link', { name: 'Page of Water' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Water' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/agencies/Water')
})

test('a member has the stream of its own tickets, and the alerts about it; the next one those of its own', async () => {
  const late = (agency: string, category: string) =>
    Array.from({ length: 12 }, (_, i) => ({
      ...{ id: `${agency}${i}`, receivedAt: ago(0.2), area: 'Quay', agency, category },
    }))
  await city.post(...late('Ferries', 'Tides'), ...late('Parks', 'Mowing'))
  await openMember('/agencies/Ferries')
  const panel = page.locator('[data-panel=now]')
  const lines = panel.locator('ol li')
  const alerts = async () => {
    await panel.locator('[data-alert]').first().waitFor()
    const names = panel.locator('[data-alert]')
    return names.evaluateAll((all) => all.map((one) => one.getAttribute('data-alert')))
  }
  /** What comes of the other, comes first. */
  const comes = async (name: string, own: string, other: string) => {
    await city.post({ id: `other ${name}`, agency: other, area: 'Quay', category: `Else${name}` })
    await city.post({ id: name, agency: own, area: 'Quay', category: name })
    await lines.first().getByText(`Received ${name}, Quay`).waitFor()
    expect(await lines.filter({ hasText: `Else${name}` }).count()).toBe(0)
  }

  await lines.first().getByText('Tides, Quay').waitFor()
  await comes('Ebb', 'Ferries', 'Parks')
  expect(await lines.filter({ hasText: 'Mowing' }).count()).toBe(0)
  expect(await alerts()).toEqual(['missed Ferries', 'overdue Tides'])
  const leads = (name: string) => panel.getByRole('link', { name }).getAttribute('href')
  expect(await leads('These tickets')).toBe('/tickets?agency=Ferries')
  expect(await leads('Most due dates missed: Ferries')).toBe('#panel-agency')
  expect(await leads('More overdue: Tides')).toBe('/categories/Tides?agency=Ferries&window=24h')

  await openMember('/agencies/Parks')
  await lines.getByText('Mowing, Quay').first().waitFor()
  await comes('Meadow', 'Parks', 'Ferries')
  expect(await lines.filter({ hasText: 'Tides' }).count()).toBe(0)
  expect(await alerts()).toEqual(['missed Parks', 'overdue Mowing'])
})

test('a code that nobody has is said to be one, with ways on', async () => {
  await visit(page, `${city.origin}/areas/Atlantis`)
  await page.getByRole('heading', { level: 1, name: 'There is no such area' }).waitFor()
  expect(await page.textContent('main')).toContain('Atlantis')

  await page.getByRole('link', { name: 'Saltmarsh' }).click()
  await page.getByRole('heading', { level: 1, name: 'Saltmarsh' }).waitFor()
})

test('a page that was opened before the city had its member shows it as soon as it has', async () => {
  await visit(page, `${city.origin}/areas/Lantern%20Quay`)
  await page.getByRole('heading', { level: 1, name: 'There is no such area' }).waitFor()
  await city.post({ id: 'new', area: 'Lantern Quay', receivedAt: ago(0.1) })
  await page.getByRole('heading', { level: 1, name: 'Lantern Quay' }).waitFor()
  await boardOn(page).shows('received', '1')
})
