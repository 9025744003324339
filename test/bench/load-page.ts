import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'

/** Times are milliseconds since the navigation began; sizes are bytes. */
export interface Loaded {
  painted: number
  /** All panels have numbers; of a page that has none, when it was loaded. */
  complete: number
  scripts: number
  fonts: number
}

/** Opens an address in a browser that has never seen it, with its processor slowed so many times. */
export async function loadPage(
  browser: Browser,
  address: string,
  slowness: number,
): Promise<Loaded> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  const sizes = sizesOf(page)
  await page.goto(address)
  const complete = await completeAt(page)
  const { scripts, fonts } = await sizes()
  const painted = await paintedAt(page)
  await context.close()
  return { painted, complete, scripts, fonts }
}

/** Collects while the page loads, and says what has come when it is complete. Scripts are weighed gzipped, fonts as they are. */
function sizesOf(page: Page): () => Promise<Pick<Loaded, 'scripts' | 'fonts'>> {
  const bodies: Promise<{ type: string; body: Buffer }>[] = []
  page.on('response', (response) => {
    const type = response.request().resourceType()
    if (type !== 'script' && type !== 'font') return
    const whole = response.body().then((body) => ({ type, body }))
    whole.catch(() => {})
    bodies.push(whole)
  })
  return async () => {
    const all = await Promise.all(bodies)
    const weigh = (type: string, weight: (body: Buffer) => number) =>
      all.reduce((sum, one) => sum + (one.type === type ? weight(one.body) : 0), 0)
    return {
      scripts: weigh('script', (body) => gzipSync(body).length),
      fonts: weigh('font', ({ length }) => length),
    }
  }
}

/** Of the page, where these functions run. */
declare const document: { querySelector(selector: string): object | null }

/** The first frame in which the page is live and nothing on it still waits. */
async function completeAt(page: Page): Promise<number> {
  const complete = await page.waitForFunction(
    () => {
      const hasNumbers = document.querySelector('main') !== null
      const isLive = document.querySelector('main [data-state="live"]') !== null
      const isWaiting = document.querySelector('main [aria-busy="true"]') !== null
      return hasNumbers && (isWaiting || !isLive) ? false : performance.now()
    },
    undefined,
    { polling: 'raf' },
  )
  return Number(await complete.jsonValue())
}

async function paintedAt(page: Page): Promise<number> {
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  )
  return Number(await painted.jsonValue())
}
