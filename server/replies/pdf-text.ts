import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type EmbeddedFont, writeAtWeight } from './pdf-font.ts'

/** Fonts of the site, which come in slices; a sign is written in the first that has it. */
const families = [
  { folder: 'inter', files: ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] },
  { folder: 'noto-sans-sc', files: undefined },
] as const

const REGULAR = 400

interface Slice {
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
      return [{ name: file, file: path.join(home, 'files', file), ranges: rangesOf(own) }]
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
export function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (const sign of text) {
    const font = sliceOf(sign.codePointAt(0)!, runs.at(-1)?.font).name
    const last = runs.at(-1)
    if (last?.font === font) last.text += sign
    else runs.push({ font, text: sign })
  }
  return runs
}

const found = new Map<number, Slice>()

/** That of the sign before, where it has this one too: spaces and marks do not change it. */
function sliceOf(sign: number, before: string | undefined): Slice {
  const all = slices()
  const has = ({ ranges }: Slice) => ranges.some(([first, last]) => sign >= first && sign <= last)
  const same = sign === 0x20 ? all.find(({ name }) => name === before) : undefined
  if (same && has(same)) return same
  const slice = found.get(sign) ?? all.find(has) ?? all[0]!
  if (found.size < 100_000) found.set(sign, slice)
  return slice
}

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
