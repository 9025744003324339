import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { turnTo, visit } from './follow.ts'
import { hideable, restSoon } from './hidden-page.ts'

/** Of the page, where some of these functions run. */
declare const document: {
  activeElement: object
  querySelectorAll(selector: string): { length: number }
}

const HOUR = 3_600_000
const WIDE = { width: 1440, height: 900 }
let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let posted = 0
/** Of all tests that need nothing before it is loaded. */
let wide: Page

const at = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()
const receive = (count: number, change: object = {}) =>
  city.post(...Array.from({ length: count }, () => ({ id: `C${++posted}`, ...change })))

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  await receive(6, { agency: 'Parks', category: 'Trees', receivedAt: at(3) })
  await receive(4, { agency: 'Water', category: 'Leaks', receivedAt: at(3) })
  wide = await chromium.newPage({ viewport: WIDE })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openBoard(query = '', prepare?: (page: Page) => Promise<unknown>) {
  const board = boardOn(prepare ? await chromium.newPage({ viewport: WIDE }) : wide)
  await prepare?.(board.page)
  await visit(board.page, `${city.origin}/${query}`)
  await board.state('live')
  await board.shows('received', String(posted))
  return board
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('a number that changes is marked for a second in its tile and its rows, and those that do not are not', async () => {
  const { page, tile, shows } = await openBoard()
  await page.locator('[data-panel=category] [data-code=Leaks]').waitFor()
  // What was sent just before may still come.
  await pause(1_600)
  expect(await page.locator('.changed').count()).toBe(0)
  // All in the moment of the mark: a busy machine looks for the second time when it is gone.
  const marks = page.waitForFunction(
    () => {
      const marked = (place: string) =>
        document.querySelectorAll(`${place}:is(.changed, :has(.changed))`).length
      const row = (code: string) =>
        marked(`[data-panel=category] [data-code=${code}] [data-cell=received]`)
      return (
        row('Leaks') > 0 && {
          tile: document.querySelectorAll('[data-measure=received].changed').length,
          trees: row('Trees'),
          backlog: marked('[data-panel=backlog] [data-row=all]'),
          ranking: marked('[data-panel=agency] tfoot'),
        }
      )
    },
    undefined,
    { polling: 'raf' },
  )

  await receive(1, { receivedAt: at(3) })
  await shows('received', String(posted))
  expect(await (await marks).jsonValue()).toEqual({ tile: 1, trees: 0, backlog: 1, ranking: 1 })
  expect(await tile('onTimeRate').locator('.figure').count()).toBeLessThanOrEqual(1)

  await pause(1_600)
  expect(await page.locator('.changed').count()).toBe(0)
})

test('another question or language marks nothing', async () => {
  const { page } = await openBoard()
  await page.evaluate(`{
    globalThis.marks = 0
    new MutationObserver((all) => {
      for (const { target } of all) if (target.classList.contains('changed')) globalThis.marks++
    }).observe(document.body, { attributes: true, attributeFilter: ['class'], subtree: true })
  }`)
  await page.getByRole('button', { name: 'Parks', exact: true }).first().click()
  await page.locator('[data-measure=received] .figure', { hasText: /^\s*6\s*$/ }).waitFor()
  await page.getByLabel('Language').selectOption('中文')
  await page.locator('html[lang=zh]').waitFor()
  await pause(300)
  expect(await page.evaluate('globalThis.marks')).toBe(0)
  await page.locator('header select').selectOption('English')
  await page.locator('html[lang=en]').waitFor()
})

test('through twenty patches nothing moves and the focus stays where it is', async () => {
  const { page, shows } = await openBoard()
  // Nothing overtakes anything, which is another test, and no number gets a digit more.
  await receive(60)
  for (let i = 0; i < 8; i++) await receive(1)
  await shows('received', String(posted))
  await pause(1_200)
  const button = page
    .locator('[data-panel=category]')
    .getByRole('button', { name: 'Trees', exact: true })
  await button.focus()
  await page.mouse.move(5, 5)
  await page.evaluate(`{
    globalThis.shift = []
    new PerformanceObserver((list) => globalThis.shift.push(...list.getEntries().flatMap(({ sources }) => sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 300)))))
      .observe({ type: 'layout-shift' })
    globalThis.blurs = 0
    document.activeElement.addEventListener('blur', () => globalThis.blurs++)
  }`)
  for (let patch = 0; patch < 20; patch++) {
    await receive(1)
    await shows('received', String(posted))
  }
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await page.evaluate('[globalThis.blurs, globalThis.shift]')).toEqual([0, []])
})

test('a row that moves to another place keeps the focus', async () => {
  const { page } = await openBoard('?rank=received&sort=received')
  for (const panel of ['agency', 'category']) {
    const rows = page.locator(`[data-panel=${panel}] tbody tr`)
    const last = (await rows.last().getAttribute('data-code'))!
    const column = panel === 'agency' ? { agency: last } : { category: last }
    await rows.last().getByRole('button').first().focus()

    await receive(300, { agency: 'Other', category: 'Other', ...column })
    await page.locator(`[data-panel=${panel}] tbody tr:first-child[data-code=${last}]`).waitFor()
    const focused = await page.evaluate(
      `[document.activeElement.textContent.trim(), document.activeElement.closest('tr').rowIndex]`,
    )
    expect(focused).toEqual([last, 1])
  }
})

test('a chart keeps its tooltip through patches, with the new number', async () => {
  const { page } = await openBoard('', (page) =>
    page.addInitScript(`{
      globalThis.drawn = []
      const { fillText } = CanvasRenderingContext2D.prototype
      CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        globalThis.drawn.push(text)
        return fillText.call(this, text, ...rest)
      }
    }`),
  )
  const canvas = page.locator('[data-panel=flow] canvas')
  await canvas.scrollIntoViewIfNeeded()
  const box = (await canvas.boundingBox())!
  // The hour that still runs is the last before the labels.
  const [x, y] = [box.x + box.width - 120, box.y + box.height / 2]
  await page.mouse.move(x - 5, y)
  await page.mouse.move(x, y)
  const tooltip = async () => {
    const drawn = (await page.evaluate('globalThis.drawn.splice(0)')) as string[]
    return drawn.filter((text) => text.startsWith('Received:')).at(-1)
  }
  await pause(300)
  const before = Number((await tooltip())!.split(' ')[1])
  await receive(3)
  await pause(1_500)
  expect(await tooltip()).toBe(`Received: ${before + 3}`)
  await page.close()
})

test('a hidden tab is sent nothing and runs no timer, and is right when it is shown', async () => {
  const frames: number[] = []
  const { page, shows, tile } = await openBoard('', async (page) => {
    await hideable(page)
    await restSoon(page)
    page.on('websocket', (socket) => socket.on('framereceived', () => frames.push(Date.now())))
  })
  const timers = () => page.evaluate<number>('globalThis.intervals.size')
  expect(await timers()).toBe(1)
  await page.evaluate('setHidden(true)')
  await expect.poll(timers).toBe(0)
  const before = frames.length
  await receive(2)
  await pause(3_000)
  expect(frames.length).toBe(before)
  expect(await tile('received').getAttribute('class')).toContain('old')
  expect(await tile('received').textContent()).toMatch(/as of \d\d:\d\d:\d\d, asking anew/)

  await page.evaluate('setHidden(false)')
  await shows('received', String(posted))
  await page.locator('[data-live=live]').waitFor()
  expect(await page.getByRole('status').textContent()).toBe('')

  // And so every page that follows the city or asks again and again.
  for (const path of ['/status', '/tickets', '/ledger']) {
    await turnTo(page, path)
    await expect.poll(timers, { message: path }).toBeGreaterThan(0)
    await page.evaluate('setHidden(true)')
    await expect.poll(timers, { message: path }).toBe(0)
    await page.evaluate('setHidden(false)')
  }
  await turnTo(page, '/compare?a=now&b=previous')
  const side = page.locator('[data-measure=received] [data-side=a]')
  await side.getByText(String(posted), { exact: true }).waitFor()
  await page.evaluate('setHidden(true)')
  await expect.poll(timers).toBe(0)
  const sent = frames.length
  await receive(1)
  await pause(1_000)
  expect(frames.length).toBe(sent)
  const marked = page.locator('[data-measure=received] [data-side=a] .changed').waitFor()
  await page.evaluate('setHidden(false)')
  await marked
  await side.getByText(String(posted), { exact: true }).waitFor()
  await page.close()
})

test('a tab that is hidden for a moment stays current', async () => {
  const { page, shows } = await openBoard('', hideable)
  await page.evaluate('setHidden(true)')
  await receive(1)
  await shows('received', String(posted))
  await page.evaluate('setHidden(false)')
  await page.close()
})

test('one live region tells when the connection is lost and back, and nothing of each change', async () => {
  // A page that has never heard of a server before.
  const { page, state } = await openBoard('', () => Promise.resolve())
  // What the reader's own doing led to is told in a list of its own.
  const regions = page.locator(
    '[aria-live]:not([aria-live=off], ul), [role=status], [role=alert], [role=log], output',
  )
  expect(await regions.count()).toBe(1)
  const status = page.getByRole('status')
  await receive(1)
  await pause(1_500)
  expect(await status.textContent()).toBe('')

  // So on a page without the board's numbers.
  await visit(wide, `${city.origin}/compare`)
  const beside = (text: string) => wide.getByRole('status').filter({ hasText: text }).waitFor()
  await boardOn(wide).state('live')

  await city.vanish()
  await state('reconnecting')
  await page.getByRole('status').filter({ hasText: 'connection to the server is lost' }).waitFor()
  await beside('connection to the server is lost')
  await city.goOn()
  await state('live', 30_000)
  await page.getByRole('status').filter({ hasText: 'The connection is back' }).waitFor()
  await beside('The connection is back')

  // When the numbers are told again is test/web/announcements.test.ts's.
  await page.close()
})

test('with reduced motion nothing moves, and what changed is marked all the same', async () => {
  const { page } = await openBoard('', (page) => page.emulateMedia({ reducedMotion: 'reduce' }))
  const moving = await page.evaluate(`[...document.querySelectorAll('*')].filter((one) => {
    const { transitionDuration, animationName } = getComputedStyle(one)
    return parseFloat(transitionDuration) > 0 || animationName !== 'none'
  }).map((one) => one.className)`)
  expect(moving).toEqual([])
  const marked = page.locator('[data-measure=received].changed').waitFor()
  await receive(1)
  await marked
  await page.close()
})
