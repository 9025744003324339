import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type EmbeddedFont, writeAtWeight } from './pdf-font.ts'

/** Fonts of the site, which come in slices; a sign is written in the first that has it. */
const families = [
  { folder: 'inter', files: ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] },
  { folder: 'noto-sans-arabic', files: ['arabic'] },
  { folder: 'noto-sans-sc', files: undefined },
  { folder: 'noto-sans-jp', files: undefined },
  { folder: 'noto-sans-kr', files: undefined },
] as const
type Folder = (typeof families)[number]['folder']

/** One sign is drawn otherwise in these languages than in Chinese. */
const ownFamilies: Readonly<Record<string, Folder>> = { ja: 'noto-sans-jp', ko: 'noto-sans-kr' }

const REGULAR = 400

interface Slice {
  folder: Folder
  name: string
  file: string
  ranges: readonly (readonly [first: number, last: number])[]
}

let known: Slice[] | undefined

function slices(): Slice[] {
  const require = createRequire(import.meta.url)
  known ??= families.flatMap(({ folder, files }) => {
    const home = path.dirname(require.resolve(`@fontsource-variable/${folder}/package.json`))
    const ranges = JSON.parse(readFileSync(path.join(home, 'unicode.json'), 'utf8')) as Record<
      string,
      string
    >
    const names = files ?? Object.keys(ranges)
    return names.flatMap((name) => {
      const own = ranges[name]
      if (own === undefined) return []
      const file = `${folder}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`
      return [{ folder, name: file, file: path.join(home, 'files', file), ranges: rangesOf(own) }]
    })
  })
  return known
}

const rangesOf = (text: string) =>
  text.split(',').map((range) => {
    const [first = '', last = first] = range.trim().slice(2).split('-')
    return [parseInt(first, 16), parseInt(last, 16)] as const
  })

/** A stretch of text in one font. */
export interface Run {
  font: string
  text: string
}

/** Splits a text by the fonts that have its signs; a sign that none has is written as a blank box. */
export function runsOf(text: string, language?: string): Run[] {
  const runs: Run[] = []
  const family = ownFamilies[language?.split('-')[0]?.toLowerCase() ?? '']
  for (const sign of text) {
    const font = sliceOf(sign.codePointAt(0)!, { family, before: runs.at(-1)?.font }).name
    const last = runs.at(-1)
    if (last?.font === font) last.text += sign
    else runs.push({ font, text: sign })
  }
  return runs
}

/** Signs that no font has; breaks of lines need none. */
export function isWritable(text: string): boolean {
  return [...text].every((sign) => /\s/u.test(sign) || firstWith(sign.codePointAt(0)!, undefined))
}

interface Wanted {
  /** Looked in first. */
  family: Folder | undefined
  /** The font of the sign before, where it has this one too: spaces do not change it. */
  before: string | undefined
}

function sliceOf(sign: number, { family, before }: Wanted): Slice {
  const all = slices()
  const same = sign === 0x20 ? all.find(({ name }) => name === before) : undefined
  if (same && has(same, sign)) return same
  return firstWith(sign, family) ?? all[0]!
}

const found = new Map<string, Slice | undefined>()

function firstWith(sign: number, family: Folder | undefined): Slice | undefined {
  const key = `${family} ${sign}`
  if (found.has(key)) return found.get(key)
  const all = slices()
  const own = all.filter(({ folder }) => folder === family)
  const slice = [...own, ...all].find((one) => has(one, sign))
  if (found.size < 100_000) found.set(key, slice)
  return slice
}

/** The ranges of East Asian fonts name letters of other scripts, of which they hold none. */
const has = ({ folder, ranges }: Slice, sign: number): boolean =>
  ranges.some(([first, last]) => sign >= first && sign <= last) &&
  (!eastern.has(folder) || EAST_ASIAN.test(String.fromCodePoint(sign)))

const eastern = new Set<Folder>(['noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr'])
const EAST_ASIAN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]/u

/** Makes a font of a document the one that is written with, and reads it at its first use. */
export function fontUser(doc: PDFKit.PDFDocument): (name: string) => void {
  const opened = new Set<string>()
  return (name) => {
    if (opened.has(name)) return void doc.font(name)
    const slice = slices().find((one) => one.name === name)!
    doc.registerFont(name, readFileSync(slice.file)).font(name)
    writeAtWeight((doc as unknown as { _font: EmbeddedFont })._font, REGULAR)
    opened.add(name)
  }
}
