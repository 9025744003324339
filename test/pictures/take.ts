import type { Browser, Page } from 'playwright-core'
import type { People } from './people.ts'
import type { Scene, Sights } from './scene.ts'
import { type Direction, type Language, type Size, sizes, type Theme } from './sizes.ts'

export interface Shot {
  scene: Scene
  size: Size
  theme: Theme
  language: Language
  direction: Direction
}

interface Studio {
  browser: Browser
  origin: string
  people: People
  sights: Sights
  /** A folder. */
  to: string
}

/** Takes a picture, and answers what is to be said of it. */
export async function take(shot: Shot, { browser, origin, people, sights, to }: Studio) {
  const { scene, size, theme, language, direction } = shot
  const mirrored = direction === 'rtl' ? '-rtl' : ''
  const name = `${scene.name}-${size}-${theme}-${language}${mirrored}.png`
  const path = scene.path(sights)
  if (path === undefined) return `${name}: the city has none`
  await using context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
    ...(scene.as && { storageState: await people.session(scene.as) }),
  })
  const page = await context.newPage()
  const said = [name]
  page.on('pageerror', (error) => said.push(error.message))
  // One that cannot be taken is said, and the others are taken.
  const missed = (error: Error) => void said.push(error.message)
  await show(page, origin + path, { scene, direction }).catch(missed)
  await page.screenshot({ path: `${to}/${name}`, fullPage: !scene.isView }).catch(missed)
  return said.join(': ')
}

async function show(
  page: Page,
  address: string,
  { scene, direction }: Pick<Shot, 'scene' | 'direction'>,
): Promise<void> {
  page.setDefaultTimeout(15_000)
  await scene.before?.(page)
  await page.goto(address)
  if (direction === 'rtl') await page.evaluate(`document.documentElement.dir = 'rtl'`)
  await page.waitForTimeout(2500)
  if (!scene.isView) await lookThrough(page)
  await scene.act?.(page)
  await page.waitForTimeout(500)
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
