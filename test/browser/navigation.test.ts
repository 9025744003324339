import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { follow } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const areas = Array.from({ length: 40 }, (_, i) => ({ id: `T${i}`, area: `Area ${i % 12}` }))
  await city.post(...areas)
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const scrolled = (page: Page) => page.evaluate<number>('Math.round(scrollY)')

test('an address of a page is served as the page, and an unknown one says so with a way out', async () => {
  const page = await chromium.newPage()
  await page.goto(`${city.origin}/nowhere/of/nobody`)
  await heading(page, 'There is nothing here').waitFor()
  expect(await page.title()).toContain('There is nothing here')
  expect(await page.textContent('body')).toContain('A demonstration city')

  await page.getByRole('link', { name: 'To the board' }).press('Enter')
  await heading(page, 'Port Halcyon').waitFor()
  expect(new URL(page.url()).pathname).toBe('/')
  expect(await page.title()).toContain('Port Halcyon')
  await page.close()
})

test('only a browser that asks for a page gets one: the rest stays a 404 in JSON', async () => {
  const page = await chromium.newPage()
  expect((await page.goto(`${city.origin}/livez`))?.status()).toBe(200)
  await page.close()

  const status = async (path: string, accept: string, method = 'GET') => {
    const answer = await fetch(city.origin + path, { method, headers: { accept } })
    return `${answer.status} ${answer.headers.get('content-type')?.split(';')[0]}`
  }
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8'
  expect(await status('/tickets/a/b', browser)).toBe('200 text/html')
  expect(await status('/tickets/a/b', '*/*')).toBe('404 application/json')
  expect(await status('/api/v1/nothing', browser)).toBe('404 application/json')
  expect(await status('/api', browser)).toBe('404 application/json')
  expect(await status('/assets/gone.js', browser)).toBe('404 application/json')
  expect(await status('/tickets/a/b', browser, 'POST')).toBe('404 application/json')
})

test('going to a page moves focus to its heading, and back finds the board as it was left', async () => {
  const page = await chromium.newPage({ viewport: { width: 1200, height: 500 } })
  const board = boardOn(page)
  await page.goto(`${city.origin}/?window=7d`)
  await board.shows('received', '40')
  await page.getByRole('button', { name: 'Area 11', exact: true }).waitFor()
  await page.evaluate('scrollTo(0, 600)')

  await follow(page, '/design')
  await heading(page, 'Every part, in every state').waitFor()
  await page.waitForFunction('document.activeElement.tagName === "H1"')
  expect(await scrolled(page)).toBe(0)
  expect(await page.title()).toContain('Every part, in every state')

  await page.goBack()
  await board.shows('received', '40')
  await page.waitForFunction('Math.abs(scrollY - 600) <= 1')
  expect(new URL(page.url()).search).toBe('?window=7d')

  await page.goForward()
  await heading(page, 'Every part, in every state').waitFor()
  await page.waitForFunction('scrollY === 0')
  await page.close()
})

test('a filter and its way back keep the place on the page', async () => {
  const page = await chromium.newPage({ viewport: { width: 1200, height: 500 } })
  const board = boardOn(page)
  await page.goto(city.origin)
  await page.getByRole('button', { name: 'Area 11', exact: true }).waitFor()
  await page.evaluate('scrollTo(0, 600)')
  await page.getByRole('button', { name: '7 days' }).dispatchEvent('click')
  await page.waitForURL('**/?window=7d')
  expect(await scrolled(page)).toBe(600)
  await page.evaluate('scrollTo(0, 0)')

  await page.goBack()
  await page.waitForFunction('location.search === ""')
  await board.shows('received', '40')
  expect(await scrolled(page)).toBe(600)
  await page.close()
})

test('the skip link leads past the header, and the phone has a menu that Escape closes', async () => {
  const page = await chromium.newPage({ viewport: { width: 390, height: 844 } })
  await page.goto(`${city.origin}/?area=Area+1`)
  await boardOn(page).state('live')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')

  const menu = page.getByRole('button', { name: 'Menu' })
  await menu.press('Enter')
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Board' })
  await link.focus()
  await page.keyboard.press('Escape')
  expect(await link.isVisible()).toBe(false)
  expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Menu')
  expect(new URL(page.url()).search).toBe('?area=Area+1')
  await page.close()
})
