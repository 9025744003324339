import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

/** Of the page, where some of these functions run. */
declare const changes: number
declare const document: {
  fonts: Iterable<object> & { check(font: string, text: string): boolean }
  querySelector(selector: string): object | null
  title: string
}
declare function getComputedStyle(one: object): { color: string; fontSize: string }

const HOUR = 3_600_000
const HD = { width: 1920, height: 1080 }
/** Where nothing is measured: a wall is the same in every size. */
const SMALL = { width: 960, height: 540 }
const SCENES = ['headline', 'flow', 'ranking', 'movers']
let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests that leave it as they found it. */
let wall: Page

/** Half an hour is given: Parks has closed in time, Water has not. */
beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const at = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()
  const tickets = Array.from({ length: 40 }, (_, i) => ({
    id: `S${i}`,
    agency: i % 2 ? 'Parks' : 'Water',
    category: 'Noise',
    receivedAt: at(5),
    status: 'closed',
    closedAt: at(i % 2 ? 4.8 : 3),
  }))
  await city.post(...tickets)
  wall = await chromium.newPage({ viewport: HD })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

interface Opening {
  query?: string
  /** Scenes change a hundred times faster than asked for. */
  isHasty?: boolean
}

async function openScreen(
  { query = '', isHasty = false }: Opening = {},
  options: Parameters<typeof chromium.newPage>[0] = {},
) {
  const page = await chromium.newPage({ viewport: HD, ...options })
  if (isHasty) {
    await page.addInitScript(`{
      const real = setInterval
      globalThis.setInterval = (act, wait, ...rest) => real(act, wait === 5000 ? 50 : wait, ...rest)
    }`)
  }
  await page.goto(`${city.origin}/screen${query}`)
  await page.locator('main[data-live=live]').waitFor()
  return page
}

async function turnWall(query: string): Promise<Page> {
  await visit(wall, `${city.origin}/screen${query}`)
  await wall.locator('main[data-live=live]').waitFor()
  return wall
}

const foot = (page: Page) => page.locator('footer').innerText()
const figure = (page: Page, measure: string) =>
  page.locator(`[data-measure=${measure}] span`).first().innerText()

test('a screen shows what the board shows, keeps it current, and tells its age', async () => {
  const page = await turnWall('?scenes=headline')
  expect(await figure(page, 'received')).toBe('40')
  expect(await figure(page, 'onTimeRate')).toBe('50.0%')
  expect(await foot(page)).toMatch(
    /^Live as of \d\d:\d\d:\d\d\s+Demonstration city(\s+Check this wall[^]*)?$/,
  )

  await city.post({ id: 'S100' })
  await page.locator('[data-measure=received]', { hasText: '41' }).waitFor()
  expect(await page.title()).toBe('Port Halcyon: how the city answers')
})

test('a ranking on a wall names those that are clear, and says that it is rounded and told at intervals', async () => {
  const page = await turnWall('?scenes=ranking')
  const text = await page.locator('main').innerText()
  expect(text).toMatch(/Clearly above the city[^]*Parks\s+about 20 fell due\s+100%/)
  expect(text).toMatch(/Clearly below the city[^]*Water\s+about 20 fell due\s+0%/)
  expect(await foot(page)).toMatch(/^Live, rounded, as of \d\d:\d\d, every 5 minutes/)
})

/** The title in the very moment in which something is on the page: the next scene may come before another look. */
async function titleOf(page: Page, selector: string): Promise<string> {
  const found = await page.waitForFunction(
    (selector) => document.querySelector(selector) && document.title,
    selector,
    { polling: 'raf' },
  )
  return String(await found.jsonValue())
}

test('scenes take turns, each turn in the next language, over one connection and one set of views', async () => {
  const page = await chromium.newPage({ viewport: SMALL })
  const sent: string[] = []
  let sockets = 0
  page.on('websocket', (socket) => {
    sockets++
    socket.on('framesent', ({ payload }) => sent.push(String(payload)))
  })
  await page.addInitScript(`{
    const real = setInterval
    globalThis.setInterval = (act, wait, ...rest) => real(act, wait === 5000 ? 700 : wait, ...rest)
  }`)
  await page.goto(`${city.origin}/screen?every=5&languages=en,zh&theme=dark`)
  const seen: string[] = []
  for (const lang of ['en', 'zh', 'en']) {
    for (const scene of SCENES) {
      seen.push(await titleOf(page, `html[lang=${lang}] main[data-scene=${scene}]`))
    }
  }
  expect(seen).toContain('What has moved: Port Halcyon')
  expect(seen).toContain('变化明显的类别：海晏港')
  expect(new Set(seen.slice(0, 4)).size).toBe(4)
  expect(seen.slice(8)).toEqual(seen.slice(0, 4))
  expect(sockets).toBe(1)
  expect(sent.filter((text) => text.includes('"watch"'))).toEqual([])
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
  await page.close()
})

test('within five seconds of a lost server everything is grey, the largest words say since when, and it comes back by itself', async () => {
  const page = await turnWall('?scenes=headline')
  const style = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((one) => {
        const { color, fontSize } = getComputedStyle(one)
        return { color, size: parseFloat(fontSize) }
      })
  const number = '[data-measure=received] p'
  const before = await style(number)
  await city.vanish()
  await page.locator('main[data-live=reconnecting]').waitFor({ timeout: 5_000 })

  expect(await foot(page)).toMatch(/Reconnecting\. Numbers as of \d\d:\d\d:\d\d, \d\ss ago/)
  expect((await style('footer p')).size).toBe(48)
  expect((await style(number)).color).not.toBe(before.color)
  expect(await figure(page, 'received')).toBe('41')
  expect(await faults(page)).toEqual([])

  await city.goOn()
  await city.post({ id: 'S101' })
  await page.locator('[data-measure=received]', { hasText: '42' }).waitFor({ timeout: 30_000 })
  await page.locator('main[data-live=live]').waitFor()
})

test('a wall without fonts has the characters of what it says when the server is lost', async () => {
  const page = await openScreen({ query: '?scenes=headline&languages=en,zh' })
  await page.waitForFunction(
    (text) => {
      const { fonts } = document
      return [...fonts].length > 50 && fonts.check('1em "Noto Sans SC Variable"', text)
    },
    '重新连接中数据截至秒前小时天过时',
    { timeout: 20_000 },
  )
  await page.close()
})

test('after a sleep it is right again by itself', async () => {
  const page = await openScreen({ query: '?scenes=headline' })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  await city.post({ id: 'S102' })
  await new Promise((resolve) => setTimeout(resolve, 6_000))
  await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  await page.locator('[data-measure=received]', { hasText: '43' }).waitFor()
  await page.locator('main[data-live=live]').waitFor()
  await page.close()
})

const WALLS = [
  ['1080p', HD, 1],
  ['4K', { width: 3840, height: 2160 }, 2],
  ['flatter than 16:9', { width: 2560, height: 1080 }, 1],
  ['1080p on end', { width: 1080, height: 1920 }, 1],
  ['the size of a phone', { width: 390, height: 844 }, 390 / 1080],
] as const

test.each(SCENES)(
  'of the scene %s nothing is smaller than can be read across a room, cut off, scrolled or pointed at on any wall, and axe finds no fault, light or dark',
  async (scene) => {
    const page = await turnWall(`?scenes=${scene}`)
    for (const [wall, viewport, times] of WALLS) {
      await page.setViewportSize(viewport)
      const seen = (await page.evaluate(`{
        const texts = [...document.querySelectorAll('main *')].filter((one) =>
          [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        const size = (one) => parseFloat(getComputedStyle(one).fontSize)
        const out = texts.filter((one) => {
          const { left, top, right, bottom } = one.getBoundingClientRect()
          return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight
        })
        const root = document.documentElement
        ;({
          text: Math.min(...texts.map(size)),
          number: Math.min(...[...document.querySelectorAll(':is(.huge, .big) > span')].map(size)),
          out: out.map((one) => one.textContent),
          cut: texts.filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
            .map((one) => one.textContent),
          scroll: [root.scrollWidth - innerWidth, root.scrollHeight - innerHeight],
          cursor: getComputedStyle(document.querySelector('main')).cursor,
          focusable: document.querySelectorAll('a, button, input, select, [tabindex="0"]').length,
        })
      }`)) as Record<string, unknown>
      expect(seen.text, wall).toBeGreaterThanOrEqual(32 * times - 0.01)
      if (scene !== 'movers') expect(seen.number, wall).toBeGreaterThanOrEqual(119.9 * times)
      const right = { out: [], cut: [], scroll: [0, 0], cursor: 'none', focusable: 0 }
      expect(seen, wall).toMatchObject(right)
    }
    await page.setViewportSize(HD)
    expect(await faultsInBoth(page)).toEqual([])
  },
)

test('eighty changes of scene leave no heap, no node and no listener behind', async () => {
  const opening = { query: '?every=5&languages=en,zh', isHasty: true }
  const page = await openScreen(opening, { viewport: SMALL })
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await page.evaluate(`{
    globalThis.changes = 0
    const look = () => globalThis.changes++
    new MutationObserver((all) => all.some(({ addedNodes }) =>
      [...addedNodes].some((node) => node.tagName === 'MAIN')) && look())
      .observe(document.body, { childList: true })
  }`)
  const pass = (count: number) =>
    page.waitForFunction((count) => changes >= count, count, {
      timeout: 60_000,
    })
  const measure = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    const { metrics } = await cdp.send('Performance.getMetrics')
    const read = (name: string) => metrics.find((metric) => metric.name === name)!.value
    return {
      heap: read('JSHeapUsedSize') / 2 ** 20,
      nodes: read('Nodes'),
      listeners: read('JSEventListeners'),
    }
  }
  /** Whatever scene is on, and whatever of the one before is still to be collected: the least of many. */
  const least = async () => {
    const all = [await measure()]
    while (all.length < 12) all.push(await measure())
    const min = (read: (one: (typeof all)[0]) => number) => Math.min(...all.map(read))
    return {
      heap: min(({ heap }) => heap),
      nodes: min(({ nodes }) => nodes),
      listeners: min(({ listeners }) => listeners),
    }
  }
  await pass(30)
  const before = await least()
  await pass(110)
  const after = await least()

  expect(after.heap - before.heap).toBeLessThan(1)
  expect(after.nodes).toBeLessThan(before.nodes + 100)
  expect(after.listeners).toBeLessThan(before.listeners + 10)
  await page.close()
})
