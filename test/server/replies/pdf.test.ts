import { buffer } from 'node:stream/consumers'
import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  fromTheRight,
  isRightToLeft,
  linesOf,
  wordsOf,
} from '../../../server/replies/pdf-right-to-left.ts'
import { isWritable, runsOf } from '../../../server/replies/pdf-text.ts'
import { pdfOf } from '../../../server/replies/report-pdf.ts'

const families = (text: string, language?: string) =>
  runsOf(text, language).map(({ font, text }) => [
    /^[a-z-]+?(?=-(\d|latin|arabic-wght))/.exec(font)?.[0],
    text,
  ])

test('each sign is written in a font that has it, and as its language draws it', () => {
  expect(families('Shade')).toEqual([['inter', 'Shade']])
  expect(families('الأشجار')).toEqual([['noto-sans-arabic', 'الأشجار']])
  expect(families('直', 'zh')[0]![0]).toBe('noto-sans-sc')
  expect(families('直', 'ja-JP')[0]![0]).toBe('noto-sans-jp')
  expect(families('나무')[0]![0]).toBe('noto-sans-kr')
  expect(isWritable('Shade, 遮阴。 カ 나무، الأشجار\n')).toBe(true)
  expect(isWritable('ไทย')).toBe(false)
})

test('words from right to left stand so, those of other scripts keep their order, and brackets open to the left', () => {
  const text = 'تقرير Shade Ordinance (كل) عام'
  expect([isRightToLeft(text), isRightToLeft('1 عام'), isRightToLeft('Shade كل')]).toEqual([
    true,
    true,
    false,
  ])
  const setting = { language: undefined, widthOf: ({ text }: { text: string }) => text.length }
  const [words] = wordsOf([{ kind: 'same', text }], setting)
  const said = (line: typeof words) =>
    line!.map(({ runs }) => runs.map(({ text }) => text).join(''))
  expect(said(fromTheRight(words!))).toEqual(['تقرير', 'Ordinance', 'Shade', '(كل)', 'عام'])
  expect(words![3]!.runs.map(({ text }) => text)).toEqual(['(', 'كل', ')'])
  expect(linesOf(words!, { width: 16, space: 1 }).map(said)).toEqual([
    ['تقرير', 'Shade'],
    ['Ordinance', '(كل)'],
    ['عام'],
  ])
})

test('a file says so where it cannot write a script, and is written all the same', async () => {
  const made = (text: string) =>
    buffer(
      pdfOf([{ kind: 'text', text }], {
        ...{ head: 'a', title: 'b', language: 'en', unwritten: 'Ω' },
      }),
    )
  const [arabic, thai] = await Promise.all([made('الأشجار'), made('ไทย')])
  expect(arabic.toString('latin1')).toContain('NotoSansArabic')
  // Its sentence alone is written with a slice of Greek.
  const fonts = (pdf: Buffer) => pdf.toString('latin1').match(/\/FontFile2/g)?.length
  expect([fonts(arabic), fonts(thai)]).toEqual([2, 2])
})

/** What the pages draw: baselines of texts, and lines that are drawn, in points below the top of the page. */
function drawnIn(pdf: Buffer): { baselines: number[]; lines: number[] } {
  const parts = pdf.toString('latin1').matchAll(/stream\n([^]*?)\nendstream/g)
  const drawn = [...parts].flatMap(([, packed]) => {
    try {
      return [inflateSync(Buffer.from(packed!, 'latin1')).toString('latin1')]
    } catch {
      return []
    }
  })
  const heights = (pattern: RegExp) =>
    [...drawn.join('\n').matchAll(pattern)].map(([, y]) => Number(y))
  const [, height] = /MediaBox \[0 0 [\d.]+ ([\d.]+)\]/.exec(pdf.toString('latin1'))!
  return {
    baselines: heights(/1 0 0 1 [\d.]+ ([\d.]+) Tm/g).map((y) => Number(height) - y),
    lines: heights(/^[\d.]+ ([\d.]+) l$/gm),
  }
}

test('what was taken out is struck through, and what was put in underlined close by', async () => {
  const drawn = async (kind: 'in' | 'out', text: string) => {
    const stretches = [{ kind, text }]
    const heading = { head: 'a', title: 'b', language: 'en', unwritten: '' }
    return drawnIn(await buffer(pdfOf([{ kind: 'text', text, stretches }], heading)))
  }
  for (const text of ['schoolyards', '校园', 'الأشجار']) {
    const [out, into] = await Promise.all([drawn('out', text), drawn('in', text)])
    const above = out.baselines.at(-1)! - out.lines.at(-1)!
    expect(above, text).toBeGreaterThan(2)
    expect(above, text).toBeLessThan(6)
    const below = into.lines.at(-1)! - into.baselines.at(-1)!
    expect(below, text).toBeGreaterThan(0)
    expect(below, text).toBeLessThan(6)
  }
})
