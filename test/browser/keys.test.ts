import type { Page } from 'playwright-core'
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
  await city.post({ id: 'K1', area: 'Saltmarsh' })
  page = await chromium.newPage()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

test('a question mark lists the keys, and Escape gives the focus back and widens nothing', async () => {
  const { state } = boardOn(page)
  await visit(page, `${city.origin}/?area=Saltmarsh`)
  await state('live')
  const button = page.getByRole('button', { name: '7 days' })
  await button.focus()
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await dialog.waitFor()
  expect(await dialog.innerText()).toContain('Take the last filter off')
  expect(await faultsInBoth(page)).toEqual([])

  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  expect(await button.evaluate((one) => one.matches(':focus'))).toBe(true)
  expect(new URL(page.url()).search).toBe('?area=Saltmarsh')
})

test('every page has a link to them, and who switches single keys off keeps it so', async () => {
  await visit(page, `${city.origin}/nowhere`)
  await page.getByRole('button', { name: 'Keys' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await dialog.getByRole('checkbox').uncheck()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await page.goto(city.origin)
  await boardOn(page).state('live')
  await page.keyboard.press('?')
  await page.keyboard.press('/')
  expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
  await page.getByRole('button', { name: 'Keys' }).click()
  await dialog.getByRole('checkbox').check()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await page.keyboard.press('/')
  await page.locator('[role=combobox]:focus').waitFor()
})
