import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { openBrowser } from '../support/browser.ts'
import { openDemoCity } from './demo-city.ts'
import { demoTraffic } from './demo-traffic.ts'
import { scrollExplorer } from './explorer.ts'
import type { Figure } from './figure.ts'
import { type Loaded, loadPage } from './load-page.ts'
import { followPage } from './follow-page.ts'
import type { Heap } from './heap.ts'
import { percentile } from './percentile.ts'
import type { Setting } from './setting.ts'

const run = promisify(execFile)
const kB = 1000
const COLD_LOADS = 5

/** The first page in a real Chromium, on the demonstration city, beside a page that is empty. */
export async function benchPage({ seconds, stop }: Setting): Promise<Figure[]> {
  await run('npx', ['vite', 'build', '--logLevel', 'warn'])
  await using city = await openDemoCity()
  await using chromium = await openBrowser()
  await using _traffic = demoTraffic({ origin: city.origin, key: city.key, stop })
  const cold = await loadTimes(chromium.browser, city.origin, 1)
  const slowed = await loadTimes(chromium.browser, city.origin, 4)
  const blank = await loadTimes(chromium.browser, `${city.origin}/livez`, 1)
  const followed = await followPage(chromium.browser, city.origin, { seconds, stop })
  const still = await followPage(chromium.browser, `${city.origin}/livez`, {
    seconds: Math.min(10, seconds),
    stop,
  })
  const explorer = await scrollExplorer(chromium.browser, city.origin)
  return [
    ...sizes(cold[0]!),
    {
      name: 'first contentful paint, cold',
      unit: 'ms',
      measured: median(cold, 'painted'),
      wanted: { most: 800 },
      limit: { of: 'an empty page', value: median(blank, 'painted') },
    },
    {
      name: 'complete board, cold',
      unit: 'ms',
      measured: median(cold, 'complete'),
      wanted: { most: 1500 },
    },
    {
      name: 'complete board, cold, processor slowed four times',
      unit: 'ms',
      measured: median(slowed, 'complete'),
      wanted: { most: 4000 },
    },
    { name: 'patches a second to the page', unit: 'patches/s', measured: followed.patches },
    {
      name: 'processor of the browser',
      unit: '% of a core',
      measured: followed.busy * 100,
      wanted: { most: 20 },
      limit: { of: 'an empty page', value: still.busy * 100 },
    },
    {
      name: 'input to paint while live, p95',
      unit: 'ms',
      measured: percentile(followed.inputs, 0.95),
      wanted: { most: 100 },
    },
    {
      name: 'layout shift of the whole time',
      unit: 'CLS',
      measured: followed.shift,
      wanted: { most: 0.01 },
    },
    ...growthOf(followed.heaps, seconds),
    ...explorer,
  ]
}

type Browser = Parameters<typeof loadPage>[0]

async function loadTimes(browser: Browser, address: string, slowness: number): Promise<Loaded[]> {
  const loads: Loaded[] = []
  while (loads.length < COLD_LOADS) loads.push(await loadPage(browser, address, slowness))
  return loads
}

function growthOf([early, late]: readonly [Heap, Heap], seconds: number): Figure[] {
  const growth = (sizeOf: (heap: Heap) => number) => (sizeOf(late) / sizeOf(early) - 1) * 100
  return [
    {
      name: `growth of the heap after the first sixth of ${Math.round(seconds)} s`,
      unit: '%',
      measured: growth(({ objects, drawn, compiled }) => objects + drawn + compiled),
      wanted: { most: 5 },
    },
    {
      name: 'of it, growth of what the page made',
      unit: '%',
      measured: growth(({ objects, drawn }) => objects + drawn),
      wanted: { most: 5 },
    },
    {
      name: 'of it, growth of what V8 compiled',
      unit: '%',
      measured: growth(({ compiled }) => compiled),
    },
  ]
}

function sizes({ scripts, fonts }: Loaded): Figure[] {
  return [
    {
      name: 'scripts of the first page, gzipped',
      unit: 'kB',
      measured: scripts / kB,
      wanted: { most: 180 },
    },
    { name: 'fonts of the first page', unit: 'kB', measured: fonts / kB, wanted: { most: 100 } },
  ]
}

const median = (loads: readonly Loaded[], what: 'painted' | 'complete'): number | null =>
  percentile(
    loads.map((load) => load[what]),
    0.5,
  )
