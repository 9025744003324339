import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faultsInBoth } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { pictureOf } from './picture-of.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests: each leaves it as it found it. */
let map: Awaited<ReturnType<typeof openMap>>

const DAY = 86_400_000

/** Half an hour is given: what was open for a day was late. */
beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const at = (ago: number) => new Date(Date.now() - ago).toISOString()
  const closed = { status: 'closed', receivedAt: at(DAY / 2), closedAt: at(DAY / 2 - 60_000) }
  await city.post(
    ...[1, 2, 3].map((n) => ({ id: `w${n}`, area: 'West', ...closed })),
    ...[1, 2].map((n) => ({ id: `e${n}`, area: 'East', receivedAt: at(DAY / 2) })),
    { id: 'i', area: 'Isle', receivedAt: at(DAY / 2) },
  )
  map = await openMap()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const square = (west: number, side: number) =>
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ].map(([x = 0, y = 0]) => [west + x * side, y * side])
const areas = {
  type: 'FeatureCollection',
  features: Object.entries({ West: square(0, 1), East: square(1, 1), Isle: square(2.2, 0.2) }).map(
    ([code, ring]) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    }),
  ),
}

/** A page in a city of three areas that has drawn them, side by side. */
async function mappedPage() {
  const page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
  await page.route('**/api/v1/deployment', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), map: true } })
  })
  await page.route('**/api/v1/areas.geojson', (route) => route.fulfill({ json: areas }))
  return page
}

async function openMap() {
  const page = await mappedPage()
  await page.goto(city.origin)
  const board = boardOn(page)
  await board.state('live')
  const panel = page.locator('[data-panel=area]')
  expect(await panel.locator('canvas').count()).toBe(0)
  await panel.scrollIntoViewIfNeeded()
  await panel.locator('canvas').waitFor()
  const spot = (name: string) => panel.getByRole('button', { name: new RegExp(`^${name}:`) })
  return { page, board, panel, spot }
}

test('each area says its rate and what it was made of; too few have none', async () => {
  const { panel, spot } = map

  expect(await spot('West').getAttribute('aria-label')).toBe('West: 100.0%, 3 of 3 on time')
  expect(await spot('East').getAttribute('aria-label')).toBe('East: 0.0%, 0 of 2 on time')
  expect(await spot('Isle').getAttribute('aria-label')).toBe('Isle: too few, 0 of 1 on time')
  expect(await panel.getByText('Stronger is lower').isVisible()).toBe(true)
})

test('a click on the map narrows everything to the area, and Escape widens again', async () => {
  const { page, board, spot } = map
  await board.shows('received', '6')
  const box = (await spot('West').boundingBox())!

  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2 - 40)
  await board.shows('received', '3')
  expect(new URL(page.url()).search).toBe('?area=West')
  expect(await spot('West').getAttribute('aria-pressed')).toBe('true')

  await page.keyboard.press('Escape')
  await board.shows('received', '6')
})

test('arrow keys lead from area to area, and Enter narrows', async () => {
  const { page, board, spot } = map
  await spot('West').focus()
  await page.keyboard.press('ArrowRight')
  expect(await spot('East').evaluate((one) => one.matches(':focus'))).toBe(true)

  await page.keyboard.press('Enter')
  await board.shows('received', '2')
  expect(new URL(page.url()).search).toBe('?area=East')
  await page.keyboard.press('Escape')
  await board.shows('received', '6')
})

test('the bars are the twin of the map, and each has its tools', async () => {
  const { page, panel } = map
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: /^Download as PNG/ }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^areas-by-on-time-rate-.*\.png$/)

  await panel.getByRole('button', { name: 'Bars' }).click()
  const rate = panel.getByRole('cell', { name: '100.0%' })
  await rate.waitFor()
  expect(await panel.locator('canvas').count()).toBe(0)
  expect(new URL(page.url()).search).toBe('?show=bars')
  const bars = await pictureOf(page, () =>
    panel.getByRole('button', { name: /^Download as PNG/ }).click(),
  )
  expect(bars.colors['--bar']).toBeGreaterThan(500)

  // Shown so already: no step. Back leads to the map, forward to the bars.
  await panel.getByRole('button', { name: 'Bars' }).click()
  await page.goBack()
  await panel.locator('canvas').waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.goForward()
  await rate.waitFor()
  await panel.getByRole('button', { name: 'Map', exact: true }).click()
  await panel.locator('canvas').waitFor()
})

test('a board with its map and its stream has no fault that axe finds, light or dark', async () => {
  const { page } = map
  await page.locator('[data-panel=now] ol li').first().waitFor()
  expect(await faultsInBoth(page)).toEqual([])
})

test('a patch changes what the map shows, and does not make it anew', async () => {
  const { page, panel, spot } = map
  await page.evaluate(`{
    const canvas = document.querySelector('[data-panel=area] canvas')
    const observer = new MutationObserver(() => canvas.setAttribute('data-made-anew', ''))
    observer.observe(canvas, { attributeFilter: ['width', 'height'] })
    canvas.setAttribute('data-watched', '')
  }`)

  const at = (ago: number) => new Date(Date.now() - ago).toISOString()
  await city.post({ id: 'w9', area: 'West', receivedAt: at(DAY / 2) })
  await expect
    .poll(() => spot('West').getAttribute('aria-label'))
    .toBe('West: 75.0%, 3 of 4 on time')
  expect(await panel.locator('canvas[data-made-anew]').count()).toBe(0)
  expect(await panel.locator('canvas[data-watched]').count()).toBe(1)
})

test('what the board has later is awaited in words, and where it does not come that is said', async () => {
  const page = await mappedPage()
  await page.route('**/assets/MapTwin-*.js', (route) => route.abort())
  await page.route('**/api/v1/consultations', (route) => route.fulfill({ status: 503 }))
  await page.goto(city.origin)
  await boardOn(page).state('live')
  const panel = (id: string) => page.locator(`[data-panel=${id}]`)

  await panel('consultations').scrollIntoViewIfNeeded()
  await panel('consultations').getByText('the server does not answer yet').waitFor()
  expect(await panel('consultations').getAttribute('aria-busy')).toBe('true')
  await page.unroute('**/api/v1/consultations')
  await panel('consultations').getByText('No draft is open for comment').waitFor()
  expect(await panel('consultations').getAttribute('aria-busy')).toBe('false')

  await panel('area').scrollIntoViewIfNeeded()
  await page.getByText('This part could not be loaded').waitFor()
  expect(await panel('area').getAttribute('aria-busy')).toBe('true')
  await page.close()
})
