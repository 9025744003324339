import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'

/** Of the page, where some of these functions run. */
declare const layoutShifts: number[]

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests that leave it going on. */
let stream: Awaited<ReturnType<typeof openStream>>

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await city.post({ id: 'first' }, { id: 'other', area: 'Harbour', category: 'Noise' })
  stream = await openStream()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openStream(query = '') {
  const page = await chromium.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${city.origin}/${query}`)
  await boardOn(page).state('live')
  const panel = page.locator('[data-panel=now]')
  const lines = panel.locator('ol li')
  await lines
    .first()
    .waitFor()
    .catch(async () => {
      const seen = await page.evaluate('document.visibilityState')
      throw new Error(`No line on a ${String(seen)} page, but ${await panel.innerText()}`)
    })
  return { page, panel, lines, told: panel.locator('[data-stream]') }
}

test('a ticket that is posted is on top of the stream, and leads to its page', async () => {
  const { lines } = stream
  expect(await lines.count()).toBe(2)
  await city.post({ id: 'Z 1', category: 'Potholes' })

  await lines.first().getByText('Received Potholes, Old Town').waitFor()
  expect(await lines.count()).toBe(3)
  expect(await lines.first().locator('a').getAttribute('href')).toMatch(/^\/tickets\/[^/]+\/Z%201$/)
  expect(await lines.first().locator('p').innerText()).toMatch(/^Water, due /)
})

test('the stream stands still under the pointer, says what waits, and goes on', async () => {
  const { page, lines, told } = stream
  const top = await lines.first().innerText()
  await lines.first().hover()
  await city.post({ id: 'w1', category: 'Waiting' }, { id: 'w2', category: 'Waiting' })

  await told.getByText('paused, 2 wait').waitFor()
  expect(await lines.first().innerText()).toBe(top)

  await page.mouse.move(1, 1)
  await lines.first().getByText('Received Waiting, Old Town').waitFor()
  expect(await told.innerText()).toContain('pauses while you point at it')
})

test('focus in the stream pauses it too, and so does its button until it is pressed again', async () => {
  const { panel, lines, told } = stream
  await lines.first().locator('a').focus()
  await city.post({ id: 'f1', category: 'Focus' })
  await told.getByText('paused, 1 waits').waitFor()

  await panel.getByRole('button', { name: 'Pause the stream' }).click()
  await city.post({ id: 'f2', category: 'Focus' })
  await told.getByText('paused, 1 waits').waitFor()
  await panel.getByRole('button', { name: 'Let the stream go on' }).click()
  await lines.first().getByText('Received Focus').waitFor()
})

test('the stream is narrowed as the board is', async () => {
  const { page, lines } = await openStream('?area=Harbour')
  expect(await lines.count()).toBe(1)
  await city.post({ id: 'n1', category: 'Elsewhere' })
  await city.post({ id: 'n2', area: 'Harbour', category: 'Quay' })

  await lines.first().getByText('Received Quay, Harbour').waitFor()
  expect(await lines.count()).toBe(2)
  await page.keyboard.press('Escape')
  await lines.getByText('Received Elsewhere, Old Town').waitFor()
  await page.close()
})

test('nothing that comes in moves anything on the page, nor does an alert above it', async () => {
  const { page, panel, lines } = stream
  await page.evaluate(() => {
    const layoutShifts: number[] = []
    const shiftOf = (entry: object) => ('value' in entry ? Number(entry.value) : 0)
    new PerformanceObserver((list) => layoutShifts.push(...list.getEntries().map(shiftOf))).observe(
      { type: 'layout-shift' as 'mark' },
    )
    Object.assign(globalThis, { layoutShifts })
  })
  // What was posted before has come, and is not taken for a shift.
  await lines.getByText('Received Quay, Harbour').waitFor()
  await lines.first().scrollIntoViewIfNeeded()
  for (let n = 0; n < 6; n++) {
    await city.post({ id: `s${n}`, category: `Shift ${n}` })
    await lines.first().getByText(`Received Shift ${n}`).waitFor()
  }
  const flood = Array.from({ length: 12 }, (_, n) => ({ id: `a${n}`, category: 'Flood' }))
  await city.post(...flood)
  const alert = panel.locator('[data-alert="open Flood"]')
  await alert.waitFor()
  const shifts = await page.evaluate(() => layoutShifts)
  // A sentence of the headline is one digit longer at times, which moves its next word.
  expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThan(0.01)

  // It says its numbers, since when, and where they are seen and explained.
  expect(await alert.innerText()).toMatch(
    /More open: Flood\s+12 open; 24 hours earlier: 0\s+since /,
  )
  // Both at one moment: the line that is the first may go while it is asked.
  const gap = await alert.evaluate((one) => {
    const first = one.closest('[data-panel]')!.querySelector('ol li')!
    return first.getBoundingClientRect().top - one.getBoundingClientRect().bottom
  })
  expect(gap).toBeGreaterThanOrEqual(0)
  await alert.getByRole('button', { name: 'Open' }).click()
  await page.getByRole('dialog').getByText('Flood').waitFor()
  await page.keyboard.press('Escape')
  const leads = (name: string) => panel.getByRole('link', { name }).getAttribute('href')
  expect(await leads('More open: Flood')).toBe('/categories/Flood?window=24h')
  expect(await leads('What raises one')).toBe('/definitions#alerts')
})

test('a page that nobody sees is told nothing, and catches up when it is seen', async () => {
  const { page, lines } = stream
  const top = await lines.first().innerText()
  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate(`
      Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    `)

  await turn('hidden')
  await city.post({ id: 'h1', category: 'Hidden' })
  await page.waitForTimeout(2000)
  expect(await lines.first().innerText()).toBe(top)

  await turn('visible')
  await lines.first().getByText('Received Hidden').waitFor()
})

test('a past moment has no stream, and says so', async () => {
  const { page, panel } = stream
  const answer = await fetch(`${city.origin}/api/v1/view?measures=received&window=24h`)
  const { at } = (await answer.json()) as { at: number[] }
  await page.goto(`${city.origin}/?at=${at.join()}`)
  await panel.getByText('A past moment has no stream').waitFor()
  expect(await panel.locator('li').count()).toBe(0)
})
