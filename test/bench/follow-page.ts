import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { type Heap, heapOf } from './heap.ts'

interface Followed {
  /** Patches a second. */
  patches: number
  /** Share of a core that all processes of the browser used. */
  busy: number
  /** Milliseconds from each input to the frame that answered it. */
  inputs: number[]
  /** Cumulative layout shift. */
  shift: number
  /** After the first sixth of the time, and at its end. */
  heaps: [Heap, Heap]
}

interface Watched {
  inputs: number[]
  shift: number
}

const INPUTS = 40
const VIEWPORT = { width: 1440, height: 900 }

/** Looks at a page for so long without touching it, and then uses it. */
export async function followPage(
  browser: Browser,
  address: string,
  { seconds, stop }: { seconds: number; stop: AbortSignal },
): Promise<Followed> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(WATCH_FROM_INSIDE)
  const patches = patchesOf(page)
  const devtools = await context.newCDPSession(page)
  await page.goto(address)
  await seeAll(page)
  await delay(5000, undefined, { signal: stop })
  const early = await followFor(browser, page, (seconds / 6) * 1000)
  const earlyHeap = await heapOf(devtools)
  patches.forget()
  const late = await followFor(browser, page, ((seconds * 5) / 6) * 1000)
  const count = patches.count()
  const lateHeap = await heapOf(devtools)
  await useBoard(page)
  const { inputs, shift } = await page.evaluate<Watched>('watched')
  await context.close()
  const lasted = early.lasted + late.lasted
  return {
    patches: count / (late.lasted / 1000),
    busy: (early.used + late.used) / lasted,
    inputs,
    shift,
    heaps: [earlyHeap, lateHeap],
  }
}

/** Runs in the page, before anything of the page does. A task of its own runs after a frame was painted. */
const WATCH_FROM_INSIDE = `
  globalThis.watched = { inputs: [], shift: 0 }
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) watched.shift += value
  }).observe({ type: 'layout-shift', buffered: true })
  const note = ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => watched.inputs.push(performance.now() - timeStamp)
    port2.postMessage(undefined)
  })
  for (const kind of ['pointerdown', 'click', 'keydown']) addEventListener(kind, note, { capture: true })
`

function patchesOf(page: Page) {
  let count = 0
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('42["views:patch"')) count++
    }),
  )
  return { count: () => count, forget: () => void (count = 0) }
}

/** To the end and back, a window at a time: what comes when it is near is there then. */
async function seeAll(page: Page): Promise<void> {
  await page.waitForTimeout(2000)
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  for (let top = 0; top < height; top += VIEWPORT.height) {
    await page.evaluate(`scrollTo(0, ${top})`)
    await page.waitForTimeout(500)
  }
  await page.evaluate('scrollTo(0, 0)')
}

/** Milliseconds that passed, and those of processor. */
async function followFor(browser: Browser, page: Page, milliseconds: number) {
  const [before, startedAt] = [await usedBy(browser), performance.now()]
  await page.waitForTimeout(milliseconds)
  return { used: (await usedBy(browser)) - before, lasted: performance.now() - startedAt }
}

/** Milliseconds of processor of all processes of the browser. */
async function usedBy(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession()
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
  await devtools.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0)
}

/** Narrows and widens by pointer and keyboard, as somebody does who looks for something. */
async function useBoard(page: Page): Promise<void> {
  const rows = page.locator('[data-panel="agency"] tbody button[aria-pressed]')
  const choices = await rows.count()
  for (let input = 0; choices > 0 && input < INPUTS; input += 2) {
    await rows.nth((input / 2) % choices).click()
    await page.waitForTimeout(300)
    await page.keyboard.press('Escape')
    await page.waitForTimeout(300)
  }
}
