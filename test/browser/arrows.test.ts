import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faultsInBoth } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const receivedAt = new Date(Date.now() - 3 * 3_600_000).toISOString()
  const areas = ['Old Town', 'Saltmarsh', 'Kiln Lane'].flatMap((area) =>
    [1, 2, 3].map((n) => ({ id: `${area} ${n}`, area, category: `Kind ${n}`, receivedAt })),
  )
  await city.post(...areas)
  page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard() {
  await visit(page, `${city.origin}/?area=Saltmarsh`)
  await boardOn(page).shows('received', '3')
  await page.locator('[data-panel=flow] canvas').waitFor()
}

const cursor = (page: Page) => page.locator('[data-panel=flow] canvas').getAttribute('data-cursor')
const isFocused = (one: Locator) => one.evaluate((one) => one.matches(':focus'))
const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim()')

test('arrows read a chart from step to step and its table by keyboard alone, and Escape leaves it before it widens', async () => {
  await openBoard()
  const chart = page.getByRole('application')
  const said = page.locator('[data-panel=flow] figure [role=status]')
  await chart.focus()
  expect([await cursor(page), await said.textContent()]).toEqual([null, ''])

  await page.keyboard.press('ArrowLeft')
  expect(await said.textContent()).toMatch(/: Received 0, .*unfinished hour$/)
  const newest = Number(await cursor(page))
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft')
  expect(Number(await cursor(page))).toBe(newest - 3)
  expect(await said.textContent()).toContain('Received 3')
  expect(await faultsInBoth(page)).toEqual([])

  // The step leads to what was received in it, and so does a press of the mouse; nothing else is in the list.
  const listed = async () => {
    await page.waitForURL('**/tickets?*')
    const query = new URL(page.url()).search
    const { total } = (await (
      await fetch(`${city.origin}/api/v1/tickets${query}&by=status`)
    ).json()) as { total: number }
    await page.goBack()
    await boardOn(page).shows('received', '3')
    await chart.focus()
    return total
  }
  await page.keyboard.press('Enter')
  expect(await listed()).toBe(3)
  const { width, height } = (await chart.boundingBox())!
  await page
    .locator('[data-panel=flow] canvas')
    .click({ position: { x: width / 2, y: height / 2 } })
  expect(await listed()).toBe(0)
  await page.keyboard.press('Home')
  expect(await cursor(page)).toBe('0')
  await page.keyboard.press('End')
  expect(Number(await cursor(page))).toBe(newest)

  await page.keyboard.press('Escape')
  expect([await cursor(page), await said.textContent()]).toEqual([null, ''])
  expect(new URL(page.url()).search).toBe('?area=Saltmarsh')

  // Its twin is reached, opened and read without the pointer, and so is the way back.
  const toggle = page.getByRole('button', { name: /^Show as a table: / })
  for (let step = 0; step < 20 && !(await isFocused(toggle)); step++) {
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  const twin = page.locator('[data-panel=flow] [role=region]')
  for (let step = 0; step < 20 && !(await isFocused(twin)); step++) await page.keyboard.press('Tab')
  expect(await twin.locator('tbody tr').count()).toBe(newest + 1)
  const isSeen = () =>
    page.evaluate(`{
      const twin = document.querySelector('[data-panel=flow] [role=region]')
      const { bottom } = [...twin.querySelectorAll('tbody tr')].at(-1).getBoundingClientRect()
      bottom <= twin.getBoundingClientRect().bottom + 1
    }`)
  expect(await isSeen()).toBe(false)
  for (let step = 0; step < 60 && !(await isSeen()); step++) await page.keyboard.press('ArrowDown')
  expect(await isSeen()).toBe(true)
  for (let step = 0; step < 20 && !(await isFocused(toggle)); step++) {
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Space')
  await page.locator('[data-panel=flow] canvas').waitFor()
  expect(await isFocused(toggle)).toBe(true)
  await page.keyboard.press('Escape')
  await page.waitForURL(`${city.origin}/`)
})

test.each(['area', 'category'])(
  'the rows of the table by %s are one stop of the Tab key, and arrows lead through them',
  async (panel) => {
    await openBoard()
    const table = page.locator(`[data-panel=${panel}] table`)
    const stops = table.locator('tbody :is(button, a)').and(page.locator(':not([tabindex="-1"])'))
    await expect.poll(() => stops.count()).toBe(1)
    const names = await table.locator('tbody .narrow').allInnerTexts()
    expect(names).toHaveLength(3)

    await stops.first().focus()
    expect(await focused(page)).toBe(names[0])
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe(names[1])
    await page.keyboard.press('End')
    expect(await focused(page)).toBe(names[2])
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).not.toBe(names[1])
    await page.keyboard.press('Escape')
    expect(await focused(page)).toBe(names[1])
    expect(new URL(page.url()).search).toBe('?area=Saltmarsh')
    expect(await stops.count()).toBe(1)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.waitForURL(({ search }) => search !== '?area=Saltmarsh')
  },
)

test.each([
  ['/areas/Saltmarsh', '[data-panel=week]'],
  ['/tickets?group=category', 'main'],
])('so are the rows of a table on %s that lead to other pages', async (path, place) => {
  await visit(page, city.origin + path)
  const rows = page.locator(`${place} table tbody a`)
  await rows.nth(1).waitFor()
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  expect(await isFocused(rows.nth(1))).toBe(true)
  expect(await rows.and(page.locator('[tabindex="0"]')).count()).toBe(1)
})
