import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { openDemoCity } from '../bench/demo-city.ts'
import { openBrowser } from '../support/browser.ts'
import { People } from './people.ts'
import { scenes } from './scenes.ts'
import { sightsOf } from './sights.ts'
import { directions, languages, type Size, sizes, themes } from './sizes.ts'
import { type Shot, take } from './take.ts'

/*
 * `npm run pictures -- [NAME…] [--size desk] [--theme dark] [--language zh] [--direction rtl] [--to FOLDER]
 * [--of ORIGIN]`: a picture of every page and state of a demonstration city, to look at. NAME may end in `*`. The
 * city is founded for it, unless one runs at ORIGIN.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: { type: 'string' },
    theme: { type: 'string' },
    language: { type: 'string' },
    direction: { type: 'string', default: 'ltr' },
    to: { type: 'string', default: 'pictures' },
    of: { type: 'string' },
  },
})

/** Taken at a time: most of it is waiting. */
const HANDS = 3

const isNamed = (name: string): boolean =>
  positionals.length === 0 ||
  positionals.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))

const wanted = <T extends string>(all: readonly T[], one: string | undefined): readonly T[] =>
  all.filter((name) => one === undefined || name === one)

function* shots(): Generator<Shot> {
  for (const scene of scenes.filter(({ name }) => isNamed(name)))
    for (const size of wanted(Object.keys(sizes) as Size[], values.size))
      for (const theme of wanted(themes, values.theme))
        for (const language of wanted(languages, values.language))
          for (const direction of wanted(directions, values.direction))
            yield { scene, size, theme, language, direction }
}

/** A city that runs already is left as it is. */
async function findCity(origin: string | undefined) {
  return origin === undefined ? openDemoCity() : { origin, async [Symbol.asyncDispose]() {} }
}

await mkdir(values.to, { recursive: true })
await using city = await findCity(values.of)
await using chromium = await openBrowser()
const people = new People(chromium.browser, city.origin)
const sights = await sightsOf(city.origin, await people.invite())
const left = shots()

async function takeOneByOne(): Promise<void> {
  for (const shot of left)
    console.log(
      await take(shot, {
        browser: chromium.browser,
        origin: city.origin,
        people,
        sights,
        to: values.to,
      }),
    )
}

await Promise.all(Array.from({ length: HANDS }, takeOneByOne))
