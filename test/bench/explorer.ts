import type { Browser, Page } from 'playwright-core'
import type { Figure } from './figure.ts'

const ROWS = 100_000
/** Pixels a frame: about two pages of the list a second, what a hand on a wheel does; and a flight past everything. */
const PACES = [
  { name: 'read along', step: 30 },
  { name: 'flown past', step: 3000 },
] as const
const SECONDS = 5

/** The list of tickets in a real Chromium: 100,000 rows scrolled to their end, and then through. */
export async function scrollExplorer(browser: Browser, origin: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${origin}/tickets`)
  await page.locator(`[role=grid]:not([aria-rowcount='-1'])`).waitFor()
  await page.locator('[data-key]').first().waitFor()
  const startedAt = performance.now()
  await readUpTo(page, ROWS)
  const read = (performance.now() - startedAt) / 1000
  const figures: Figure[] = [
    { name: '100,000 tickets read by the list', unit: 's', measured: read },
  ]
  for (const { name, step } of PACES) {
    const { rate, slowest } = await scrollFor(page, step)
    figures.push(
      {
        name: `frames a second over 100,000 tickets, ${name}`,
        unit: 'frames/s',
        measured: rate,
        wanted: { least: 50 },
      },
      { name: `frame in a hundred, ${name}`, unit: 'ms', measured: slowest },
    )
  }
  await page.close()
  return figures
}

/** Of the page, where some of these functions run. */
declare const document: { querySelector(selector: string): { ariaRowIndex: string } | null }

/** Waits where the row stands until it is there: all before it have come by then. */
async function readUpTo(page: Page, row: number): Promise<void> {
  await page.evaluate(`(() => {
    const [first] = document.querySelectorAll('[role=rowgroup] [data-key]')
    scrollTo(0, ${row} * first.offsetHeight)
  })()`)
  await page.waitForFunction(
    (wanted) => {
      const drawn = document.querySelector('[data-key]')
      const isWaiting = document.querySelector('[role=row][aria-busy]') !== null
      return !isWaiting && Number(drawn?.ariaRowIndex) > wanted
    },
    row - 100,
    { timeout: 60_000 },
  )
}

interface Scrolled {
  /** Frames a second. */
  rate: number
  /** Milliseconds of the slowest frame in a hundred. */
  slowest: number
}

/** Turns round at the ends, so that as many rows are passed however far a frame goes. */
function scrollFor(page: Page, step: number): Promise<Scrolled> {
  return page.evaluate<Scrolled>(`new Promise((resolve) => {
    const end = ${ROWS} * document.querySelector('[data-key]').offsetHeight
    const frames = []
    let step = -${step}
    const turn = (at) => {
      frames.push(at)
      if (at - frames[0] >= ${SECONDS * 1000}) return done()
      if (scrollY + step < 400 || scrollY + step > end) step = -step
      scrollBy({ top: step, behavior: 'instant' })
      requestAnimationFrame(turn)
    }
    const done = () => {
      const lasted = frames.at(-1) - frames[0]
      const each = frames.slice(1).map((at, i) => at - frames[i]).sort((a, b) => b - a)
      resolve({
        rate: ((frames.length - 1) / lasted) * 1000,
        slowest: each[Math.floor(each.length / 100)],
      })
    }
    requestAnimationFrame(turn)
  })`)
}
