import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests but that on a phone. */
let wide: Page

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await city.post(
    { id: 'S1', area: 'Saltmarsh' },
    { id: 'S2', area: 'Saltmarsh' },
    { id: 'S3', agency: 'Parks' },
  )
  wide = await chromium.newPage()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard(query = '/', page = wide) {
  const board = boardOn(page)
  await visit(page, city.origin + query)
  await board.state('live')
  return board
}

const field = (page: Page) => page.getByRole('combobox', { name: 'Search' })
const hit = (page: Page, name: string) =>
  page.locator('[role=option]', { hasText: new RegExp(`^${name}`) })
const isFocused = (page: Page) => page.locator('[role=combobox]:focus').waitFor()

test('by keyboard alone an area is searched, found and opened', async () => {
  const { page, shows } = await openBoard('/?window=7d')
  await shows('received', '3')
  await page.keyboard.press('/')
  await isFocused(page)
  await page.keyboard.type('salt')
  await hit(page, 'Saltmarsh').waitFor()
  await page.keyboard.press('Enter')

  await page.locator('h1:focus', { hasText: 'Saltmarsh' }).waitFor()
  await shows('received', '2')
  expect(new URL(page.url()).pathname).toBe('/areas/Saltmarsh')
  expect(await page.getByRole('listbox').count()).toBe(0)
})

test('arrows choose among the hits, and Escape gives the focus back and widens nothing', async () => {
  const { page } = await openBoard('/?area=Saltmarsh')
  const button = page.getByRole('button', { name: '7 days' })
  await button.focus()
  await page.keyboard.press('/')
  await isFocused(page)
  await page.keyboard.type('a')
  await hit(page, 'Parks').waitFor()
  const chosen = () => page.locator('[role=option][aria-selected=true]').innerText()
  const first = await chosen()
  await page.keyboard.press('ArrowDown')
  await expect.poll(chosen).not.toBe(first)
  const active = await field(page).getAttribute('aria-activedescendant')
  expect(await page.locator(`[id="${active}"]`).innerText()).toBe(await chosen())
  expect(await faults(page)).toEqual([])

  await page.keyboard.press('Escape')
  expect(await page.getByRole('listbox').count()).toBe(0)
  expect(await button.evaluate((one) => one.matches(':focus'))).toBe(true)
  expect(new URL(page.url()).search).toBe('?area=Saltmarsh')
  await page.keyboard.press('Escape')
  await page.waitForURL(`${city.origin}/`)
})

test('in a field a slash is a letter', async () => {
  const { page } = await openBoard()
  await page.keyboard.press('/')
  await isFocused(page)
  await page.keyboard.type('a/?')
  expect(await field(page).inputValue()).toBe('a/?')
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('it says that tickets cannot be searched while the server does not answer, and finds the rest', async () => {
  const { page } = await openBoard()
  await page.route('**/api/v1/search?*', (route) => route.abort())
  await page.keyboard.press('/')
  await isFocused(page)
  await page.keyboard.type('salt')
  await page.getByText('Tickets could not be searched').first().waitFor()
  expect(await hit(page, 'Saltmarsh').count()).toBe(1)
  expect(await faults(page)).toEqual([])
  await page.unrouteAll()
})

test('a phone has it in a dialog, in the language of the page', async () => {
  const phone = {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
    locale: 'zh-CN',
  } as const
  const { page, shows } = await openBoard('/', await chromium.newPage(phone))
  const dialog = page.getByRole('dialog')
  let come = () => {}
  const typed = new Promise<void>((resolve) => (come = resolve))
  await page.route(/SearchDialog-/, async (route) => {
    await typed
    await route.continue()
  })
  await page.keyboard.press('/')
  await page.keyboard.type('sal')
  come()
  await isFocused(page)
  await page.keyboard.type('t')
  expect(await dialog.getByRole('combobox').inputValue()).toBe('salt')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.getByRole('button', { name: '搜索' }).click()
  await isFocused(page)
  await dialog.getByText('工单号的开头').waitFor()
  await page.keyboard.type('看')
  await hit(page, '看板').waitFor()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Backspace')
  await page.keyboard.type('qqq')
  await dialog.locator('.said', { hasText: '未找到' }).waitFor()
  await dialog.getByRole('combobox').fill('parks')
  await hit(page, 'Parks').click()
  await dialog.waitFor({ state: 'detached' })
  await shows('received', '1')
  await page.close()
})
