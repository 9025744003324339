import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests that leave it as they found it. */
let board: Awaited<ReturnType<typeof openBoard>>

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const receivedAt = ago(3)
  await city.post(
    { id: 'T1', receivedAt, area: 'Saltmarsh' },
    { id: 'T2', receivedAt, area: 'Saltmarsh', status: 'closed', closedAt: ago(2.9) },
    { id: 'T3', receivedAt, status: 'closed', closedAt: ago(2.8) },
  )
  board = await openBoard(await chromium.newPage())
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard(page: Page, path = '/') {
  const opened = boardOn(page)
  await visit(page, city.origin + path)
  await opened.state('live')
  await opened.shows('onTimeRate', '66.7%')
  const card = opened.page.getByRole('dialog')
  return { ...opened, card, label: opened.tile('onTimeRate').getByRole('button') }
}

test('a pointer that rests on a label opens it and moves no focus', async () => {
  const { page, card, label } = board
  await label.hover()
  await card.waitFor()
  expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY')

  await page.mouse.move(5, 5)
  await card.waitFor({ state: 'hidden' })
})

test('a number explains itself, with the numbers that are shown now', async () => {
  const { page, card, label, shows } = board
  expect(await card.isVisible()).toBe(false)

  await label.click()
  const said = await card.innerText()
  expect(said).toContain('On-time rate')
  expect(said).toContain('open and overdue counts as missed')
  expect(said).toContain('2 ÷ 3 = 66.7%')
  expect(said).toContain('closed for good by the due date')
  expect(said).toContain('the agencies')
  expect(said).toContain('definition version 1')
  expect(said).toMatch(/Policy \d+/)
  expect(said).toMatch(/Journal \d+/)
  expect(said).toMatch(/as of \d\d:\d\d:\d\d, live/)

  await label.click()
  await card.waitFor({ state: 'hidden' })
  await label.click()
  await city.post({ id: 'T4', receivedAt: ago(3) })
  await card.getByText('2 ÷ 4 = 50.0%').waitFor()
  await page.getByRole('heading', { level: 1 }).click()
  await card.waitFor({ state: 'hidden' })
  await city.post({ id: 'T4', version: 2, status: 'withdrawn', receivedAt: ago(3) })
  await shows('onTimeRate', '66.7%')
})

test('by keyboard: Enter opens it, Escape closes it alone and gives the focus back', async () => {
  const { page, card, label } = await openBoard(board.page, '/?rank=open')
  await label.focus()
  await page.keyboard.press('Enter')
  await card.waitFor()
  expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe('dialog')
  expect(await label.getAttribute('aria-expanded')).toBe('true')

  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'hidden' })
  expect(await page.evaluate('document.activeElement.dataset.define')).toBe('onTimeRate')
  await openBoard(page)
})

test('Escape closes the card before it takes a filter off', async () => {
  const { page, card, shows, tile } = board
  await page.getByRole('button', { name: 'Saltmarsh', exact: true }).click()
  await shows('received', '2')
  await tile('received').getByRole('button').click()
  await card.waitFor()

  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'hidden' })
  expect(new URL(page.url()).search).toBe('?area=Saltmarsh')
  await page.keyboard.press('Escape')
  await shows('received', '3')
})

test('a row of a ranking explains its own number, and is not narrowed to', async () => {
  const { page, card } = board
  const row = page.locator('[data-panel=area] tbody tr', { hasText: 'Saltmarsh' })
  await row.hover()
  await row.locator('[data-define]').click()

  const said = await card.innerText()
  expect(said).toContain('On-time rate, Saltmarsh')
  expect(said).toContain('1 ÷ 2 = 50.0%')
  expect(said).toContain('Wilson')
  expect(new URL(page.url()).search).toBe('')
  await card.getByRole('button', { name: 'Close' }).click()
  await card.waitFor({ state: 'hidden' })

  // On a phone the row's menu has it.
  const size = page.viewportSize()!
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await row.locator('[data-define]').isVisible()).toBe(false)
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'what it means' }).click()
  await card.getByText('On-time rate, Saltmarsh').waitFor()
  await page.locator('[role=dialog]:focus').waitFor()
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'hidden' })
  await page.setViewportSize(size)
})

test('every headline number, every count of a ranking, every age and every exclusion has a card', async () => {
  const { page } = board
  await page.locator('[data-define=timeToClose]').first().waitFor()
  const labels = await page.locator('[data-define]').all()
  const measures = await Promise.all(labels.map((label) => label.getAttribute('data-define')))

  expect(new Set(measures)).toEqual(
    new Set([
      ...['received', 'open', 'overdue', 'closed', 'responseRate', 'onTimeRate'],
      ...['resolutionConfirmed', 'resolutionGap', 'satisfactionRate', 'excluded'],
      ...['timeToClose', 'backlogAge', 'overdueByAge', 'dueSoon'],
    ]),
  )
  expect(await page.locator('[data-measure]:not(:has([data-define]))').count()).toBe(0)
})

test('a page in Chinese has the card in Chinese', async () => {
  const { page, card, label } = await openBoard(await chromium.newPage(), '/?lang=zh')
  await label.click()
  expect(await card.innerText()).toContain('按时办结率')
  await page.close()
})
