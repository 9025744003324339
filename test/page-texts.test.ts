import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { inEnglish } from '../web/i18n/cut-catalogues.ts'
import { pageTexts, partTexts } from '../web/i18n/page-texts.ts'

const words = [...new Set([...Object.values(pageTexts).flat(), ...partTexts])]
const pages = 'web/pages.ts'
/** Its words look like keys of texts, and are none. */
const reasons = 'shared/oversight/refusal.ts'

/** Every page that is a chunk of its own, by its path, and the file that is loaded for it. */
const fileOf = new Map(
  Array.from(
    readFileSync(pages, 'utf8').matchAll(/\{\s*path: '([^']*)',[^{}]*?import\('([^']+)'\)/g),
    ([, address, file]) => [address!, path.join('web', file!)],
  ),
)

/** Those that come as one chunk are named there. */
const together = new Map(
  Array.from(
    readFileSync('web/oversight-pages.ts', 'utf8').matchAll(/default as (\w+) \} from '([^']+)'/g),
    ([, name, file]) => [name!, path.join('web', file!)],
  ),
)
const named = readFileSync(pages, 'utf8').matchAll(/path: '([^']*)',[^{}]*?oversight\('(\w+)'\)/g)
for (const [, address, name] of named) fileOf.set(address!, together.get(name!)!)

function importsOf(file: string): string[] {
  const [now, later] = [/from '([.#][^']+)'/g, /import\('([.#][^']+)'\)/g]
  // A type is not brought along.
  const source = readFileSync(file, 'utf8').replaceAll(/^ *import type [^;]*? from '[^']+'$/gm, '')
  return [now, ...(file === pages ? [] : [later])]
    .flatMap((pattern) => Array.from(source.matchAll(pattern), ([, specifier]) => specifier!))
    .filter((specifier) => /\.(ts|svelte)$/.test(specifier))
    .map((name) => (name.startsWith('#') ? name.slice(1) : path.join(path.dirname(file), name)))
    .filter((name) => name !== reasons)
}

/** All that a file brings along, itself among it. */
function broughtBy(file: string): string[] {
  const files = new Set([file])
  for (const each of files) for (const brought of importsOf(each)) files.add(brought)
  return [...files].map((each) => readFileSync(each, 'utf8'))
}

/** Which of the words begin a key in a file or in what it brings along, and are not learned there before it is shown. */
function saidBy(file: string): string[] {
  const sources = broughtBy(file)
  const learned = sources.flatMap((source) =>
    Array.from(source.matchAll(/\blearn\(\[([^\]]*)\]\)/g), ([, names]) => names!).join(),
  )
  return words.filter(
    (word) =>
      !learned.some((names) => names.includes(`'${word}'`)) &&
      sources.some((source) => new RegExp(`['"\`]${word}\\.[a-zA-Z$]`).test(source)),
  )
}

test('the first page says nothing that comes with another', () => {
  expect(saidBy('web/main.ts')).toEqual([])
})

test.each([...fileOf])('the page at %s has what it says, and no more', (address, file) => {
  expect(saidBy(file).sort()).toEqual([...(pageTexts[address] ?? [])].sort())
})

test('no texts come with a page that is not there', () => {
  expect(Object.keys(pageTexts).filter((address) => !fileOf.has(address))).toEqual([])
})

const measures = readdirSync('shared/measures').map((name) => path.join('shared/measures', name))

test.each(measures)('%s brings no page another language than English', (file) => {
  expect(inEnglish(readFileSync(file, 'utf8'))).not.toMatch(/\p{Script=Han}/u)
})
