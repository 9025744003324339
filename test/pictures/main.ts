import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { openDemoCity } from '../bench/demo-city.ts'
import { openBrowser } from '../support/browser.ts'
import { type Scene, scenes, type Sights } from './scenes.ts'
import { sightsOf } from './sights.ts'
import { type Language, languages, type Size, sizes, type Theme, themes } from './sizes.ts'

/*
 * `npm run pictures -- [NAME…] [--size desk] [--theme dark] [--language zh] [--to FOLDER]`: a picture of
 * every page and state of a demonstration city founded for it, to look at.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    theme: { type: 'string' },
    language: { type: 'string' },
    to: { type: 'string', default: 'pictures' },
  },
})

interface Shot {
  scene: Scene
  size: Size
  theme: Theme
  language: Language
}

const wanted = <T extends string>(all: readonly T[], one: string | undefined): readonly T[] =>
  all.filter((name) => one === undefined || name === one)

function* shots(): Generator<Shot> {
  const chosen = scenes.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
  for (const scene of chosen)
    for (const size of wanted(Object.keys(sizes) as Size[], values.size))
      for (const theme of wanted(themes, values.theme))
        for (const language of wanted(languages, values.language))
          yield { scene, size, theme, language }
}

async function take(browser: Browser, origin: string, sights: Sights, shot: Shot): Promise<void> {
  const { scene, size, theme, language } = shot
  const name = `${scene.name}-${size}-${theme}-${language}.png`
  await using context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`))
  await page.goto(origin + scene.path(sights))
  await page.waitForTimeout(2500)
  if (!scene.isView) await lookThrough(page)
  await scene.act?.(page)
  await page.waitForTimeout(500)
  await page.screenshot({ path: `${values.to}/${name}`, fullPage: !scene.isView })
  console.log(name)
}

/** A list may go on for ever. */
const FAR = 6000

/** Scrolls down and up again: some parts come when one gets there. */
async function lookThrough(page: Page): Promise<void> {
  const height = Number(await page.evaluate('document.body.scrollHeight'))
  for (let y = 0; y < Math.min(height, FAR); y += 600) {
    await page.evaluate(`scrollTo(0, ${y})`)
    await page.waitForTimeout(100)
  }
  await page.evaluate('scrollTo(0, 0)')
}

await mkdir(values.to, { recursive: true })
await using city = await openDemoCity()
await using chromium = await openBrowser()
const sights = await sightsOf(city.origin)
for (const shot of shots()) await take(chromium.browser, city.origin, sights, shot)
