import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const receivedAt = new Date(Date.now() - 3 * 3_600_000).toISOString()
  const tickets = Array.from({ length: 12 }, (_, i) => ({
    id: `T${i}`,
    receivedAt,
    area: i % 2 ? 'Old Town' : 'Saltmarsh',
    ...(i % 3 === 0 && { status: 'closed', closedAt: receivedAt }),
  }))
  await city.post(...tickets)
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

test.each([
  ['wide, light and dark', { width: 1440, height: 900 }, faultsInBoth],
  ['on a phone', { width: 390, height: 844 }, faults],
] as const)('the board has no fault that axe finds, %s', async (_, viewport, found) => {
  const page = await chromium.newPage({ viewport, colorScheme: 'light' })
  const board = boardOn(page)
  await page.goto(`${city.origin}/?area=Saltmarsh`)
  await board.state('live')
  await board.shows('received', '6')

  expect(await found(page)).toEqual([])
  await page.getByRole('button', { name: 'Show as a table' }).click()
  expect(await found(page)).toEqual([])
  await board.tile('onTimeRate').getByRole('button').click()
  await page.getByRole('dialog').waitFor()
  expect(await found(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width)
  await page.close()
})

test('nor has it when the server is lost, light or dark', async () => {
  const page = await chromium.newPage({ colorScheme: 'light' })
  const board = boardOn(page)
  await page.goto(city.origin)
  await board.state('live')
  await city.kill()
  await board.state('reconnecting')

  expect(await faultsInBoth(page)).toEqual([])
  await page.close()
})
