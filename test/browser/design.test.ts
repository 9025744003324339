import { buffer } from 'node:stream/consumers'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { smallCity } from './city.ts'

/** Of the page, where some of these functions run. */
declare function getComputedStyle(one: object): {
  backgroundColor: string
  direction: string
}

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests that leave it as they found it. */
let wide: Awaited<ReturnType<typeof openDesign>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  wide = await openDesign({ viewport: { width: 1440, height: 900 } })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openDesign(options: Parameters<typeof chromium.newPage>[0] = {}) {
  const page = await chromium.newPage(options)
  await page.goto(`${city.origin}/design`)
  const half = page.getByRole('region', { name: 'Light', exact: true })
  await half.getByRole('button', { name: 'Open a dialog' }).waitFor()
  return { page, half }
}

const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent.trim()')

test('no part in any state has a fault that axe finds, nor when it is open, light or dark', async () => {
  const { page, half } = wide
  for (const theme of ['light', 'dark']) {
    const panels = page.locator(`[data-theme=${theme}] [data-panel]`)
    const shown = await panels.evaluateAll((all) =>
      all.map((one) => one.getAttribute('data-panel')),
    )
    expect(shown).toEqual(
      [
        ...['live', 'silent', 'stale', 'loading', 'empty', 'noData', 'suppressed', 'failed'],
        ...['ranking-stale', 'table-stale'],
      ].map((state) => `${theme}-${state}`),
    )
  }
  expect(await faultsInBoth(page)).toEqual([])

  await half.getByRole('button', { name: 'Language' }).click()
  await page.getByRole('menu').waitFor()
  expect(await faultsInBoth(page)).toEqual([])
  await page.keyboard.press('Escape')

  await half.getByRole('button', { name: 'Open a dialog' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await faultsInBoth(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a theme set on a part of the page holds for all in it', async () => {
  const { page } = wide
  const ground = (name: string) =>
    page
      .getByRole('region', { name, exact: true })
      .evaluate((half) => getComputedStyle(half).backgroundColor)
  expect(await ground('Light')).toBe('rgb(250, 247, 241)')
  expect(await ground('Dark')).toBe('rgb(20, 27, 34)')
})

test('on a phone nothing is wider than the window, and axe finds no fault', async () => {
  const { page } = await openDesign({ viewport: { width: 390, height: 844 } })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('every tile is equally high, whatever its state', async () => {
  const { half } = wide
  const boxes = await Promise.all(
    (await half.locator('article').all()).map((tile) => tile.boundingBox()),
  )
  expect(boxes.length).toBe(12)
  expect(new Set(boxes.map((box) => Math.round(box!.height))).size).toBe(1)
})

test('a dialog keeps the focus inside and gives it back', async () => {
  const { page, half } = wide
  const opener = half.getByRole('button', { name: 'Open a dialog' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Before this is sent' })
  await dialog.waitFor()
  for (let i = 0; i < 8; i++) await page.keyboard.press('Tab')
  expect(await dialog.locator(':focus').count()).toBe(1)

  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Open a dialog')
})

test('a menu is walked through with arrows, passes over what is disabled, and marks what is chosen', async () => {
  const { page, half } = wide
  const opener = half.getByRole('button', { name: 'Language' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemradio', { name: 'English' }).waitFor()
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('中文')
  await page.keyboard.press('Enter')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  expect(await focused(page)).toBe('Language')

  await page.keyboard.press('Enter')
  const chosen = page.getByRole('menuitemradio', { name: '中文' })
  await chosen.waitFor()
  expect(await chosen.getAttribute('aria-checked')).toBe('true')
  await page.keyboard.press('Escape')

  await half.getByRole('button', { name: 'A menu' }).press('Enter')
  await page.getByRole('menuitem', { name: 'PNG' }).waitFor()
  await page.keyboard.press('End')
  expect(await focused(page)).toBe('CSV')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
})

test('menus and lists open from where the page is read', async () => {
  const { page } = wide
  // That which lies at the left then: a list has room on either side of its button.
  const half = page.getByRole('region', { name: 'Dark', exact: true })
  await page.evaluate("document.documentElement.dir = 'rtl'")
  const opener = half.getByRole('button', { name: 'A menu' })
  await opener.click()
  const left = async (one: Locator) => Math.round((await one.boundingBox())?.x ?? NaN)
  await expect.poll(() => left(page.getByRole('menu'))).toBe(await left(opener))
  await page.keyboard.press('Escape')

  await half.getByRole('button', { name: 'Show the list: Choose an area' }).click()
  const list = page.getByRole('listbox')
  expect(await list.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl')
  await page.keyboard.press('Escape')
  await page.evaluate("document.documentElement.dir = 'ltr'")
})

test('a combobox finds by a part of a name, accents aside, and chooses by keyboard', async () => {
  const { page, half } = wide
  const box = half.getByRole('combobox', { name: 'Choose an area' })
  await box.pressSequentially('zuri')
  await page.getByRole('option', { name: 'Zürich Gate' }).waitFor()
  expect(await page.getByRole('listbox').getByRole('option').count()).toBe(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('listbox').waitFor({ state: 'detached' })
  expect(await box.inputValue()).toBe('Zürich Gate')

  await box.selectText()
  await box.pressSequentially('nowhere')
  await page.getByText('Nothing has this name').waitFor()
  await page.keyboard.press('Escape')
})

test('a table is sorted and walked through by keyboard', async () => {
  const { page, half } = wide
  const grid = half.getByRole('grid', { name: 'A table to sort and walk through' })
  const first = () => grid.getByRole('rowheader').first().textContent()
  await grid.getByRole('columnheader', { name: 'Agency' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const head = grid.getByRole('columnheader', { name: 'Overdue' })
  expect(await head.getAttribute('aria-sort')).toBe('descending')
  expect((await first())?.trim()).toBe('Streets and Lighting')
  await page.keyboard.press('Enter')
  expect((await first())?.trim()).toBe('Harbour Market')

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.getByText('Shown: Harbour Market').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  expect(await focused(page)).toBe('Harbour Market')
})

test('a chart has its table, and downloads as a picture named after it, on a phone through a menu', async () => {
  const { page, half } = await openDesign()
  const panel = half.locator('[data-panel=light-live]')
  const download = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Download as PNG' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe('received-and-closed-live-light.png')
  const png = await buffer(await file.createReadStream())
  const canvas = (await panel.locator('canvas').boundingBox())!
  expect(png.readUInt32BE(16)).toBe(2 * (Math.round(canvas.width) + 48))

  await panel.getByRole('button', { name: 'Show as a table' }).click()
  await panel.getByRole('region', { name: 'Table: Received and closed' }).waitFor()
  expect(await panel.getByRole('button', { name: 'Download as PNG' }).count()).toBe(0)
  await page.close()

  const phone = await openDesign({ viewport: { width: 390, height: 844 } })
  const tools = phone.half.locator('[data-panel=light-live]')
  expect(await tools.getByRole('button', { name: 'Download as PNG' }).isVisible()).toBe(false)
  await tools.getByRole('button', { name: 'Downloads' }).press('Enter')
  const again = phone.page.waitForEvent('download')
  await phone.page.getByRole('menuitem', { name: 'PNG' }).waitFor()
  await phone.page.keyboard.press('Enter')
  expect((await again).suggestedFilename()).toContain('received')
  await phone.page.close()
})
