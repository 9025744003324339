import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faultsInBoth } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { mortalCity } from './city.ts'
import { visit } from './follow.ts'
import { network } from './network.ts'

let city: Awaited<ReturnType<typeof mortalCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests that do not ask how a page begins. */
let page: Page
let posted = 0

/** Tickets with ids of their own: the tests share one city, so each counts from where it finds it. */
const receive = (count: number, change: object = {}) => {
  const tickets = Array.from({ length: count }, () => ({ id: `T${++posted}`, ...change }))
  return city.post(...tickets)
}

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([mortalCity(), openBrowser()])
  await receive(3)
  page = await chromium.newPage()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard(path = '/') {
  const board = boardOn(page)
  await visit(page, city.origin + path)
  await board.state('live')
  return board
}

async function loadBoard(path: string, origin = city.origin) {
  const board = boardOn(await chromium.newPage())
  await board.page.goto(origin + path)
  await board.state('live')
  return board
}

test('numbers move when events come in', async () => {
  const { shows, tile } = await openBoard()
  await shows('received', String(posted))

  await receive(2)
  await city.post({ id: 'T1', version: 2, status: 'closed', closedAt: new Date().toISOString() })

  await shows('received', String(posted))
  await shows('open', String(posted - 1))
  expect(await tile('onTimeRate').textContent()).toContain('no data')
  expect(await page.title()).toContain('Port Halcyon')
  expect(await page.textContent('body')).toContain('A demonstration city')
})

test('greys and labels the numbers within five seconds of a killed server, and is right when it is back (I5)', async () => {
  const { state, shows, tile } = await openBoard()
  await city.kill()

  expect(await state('reconnecting')).toBeLessThan(5_000)
  expect(await tile('received').getAttribute('class')).toContain('old')
  expect(await tile('received').textContent()).toMatch(/as of \d\d:\d\d:\d\d, reconnecting/)
  expect(await page.getByRole('status').textContent()).toContain('connection to the server is lost')
  expect(await faultsInBoth(page)).toEqual([])

  await city.restart()
  await receive(4)
  await state('live', 30_000)
  await shows('received', String(posted))
})

test('notices a network that swallows everything, and recovers from it by itself', async () => {
  await using net = await network(city.port)
  const { page, state, shows } = await loadBoard('/', net.origin)

  net.drop()
  expect(await state('reconnecting')).toBeLessThan(5_000)

  await receive(1)
  net.restore()
  await state('live', 30_000)
  await shows('received', String(posted))
  await page.close()
})

test('a link opens the same view, and back and forward work', async () => {
  await receive(2, { area: 'Saltmarsh', agency: 'Parks' })
  const { page, shows } = await loadBoard('/?window=5y&planet=mars')
  await page.getByRole('button', { name: '7 days' }).click()
  await page.getByRole('button', { name: 'Saltmarsh', exact: true }).click()
  await shows('received', '2')
  expect(new URL(page.url()).search).toBe('?window=7d&area=Saltmarsh')

  const other = await loadBoard('/?window=7d&area=Saltmarsh')
  await other.shows('received', '2')
  expect(await other.page.getByLabel('Narrow to an area').inputValue()).toBe('Saltmarsh')
  await other.page.close()

  await page.goBack()
  await shows('received', String(posted))
  await page.goForward()
  await shows('received', '2')
  await page.keyboard.press('Escape')
  await shows('received', String(posted))
  expect(new URL(page.url()).search).toBe('?window=7d')
  await page.close()
})

test('the filters and rankings work by keyboard alone', async () => {
  await receive(1, { category: 'Noise' })
  const { shows } = await openBoard()
  const categories = page.getByLabel('Narrow to a category')
  await categories.locator('option', { hasText: 'Noise' }).waitFor({ state: 'attached' })
  await categories.focus()
  await page.keyboard.type('Noi')
  await page.keyboard.press('Enter')
  await shows('received', '1')

  await page.getByRole('button', { name: 'Remove the filter Noise' }).press('Enter')
  await shows('received', String(posted))
})
