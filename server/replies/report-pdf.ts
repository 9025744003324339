import PDFDocument from 'pdfkit'
import type { Line } from './report-lines.ts'
import { fromTheRight, isRightToLeft, linesOf, wordsOf } from './pdf-right-to-left.ts'
import { fontUser, isWritable, type Run, runsOf } from './pdf-text.ts'

const sizes: Record<Line['kind'], number> = {
  title: 20,
  head: 12.5,
  plain: 10,
  quiet: 8.5,
  verdict: 10,
  open: 10,
  late: 10,
  text: 10,
  changed: 10,
}
const [INK, SOFT, RED, BLUE] = ['#1d1a16', '#544d43', '#a3261b', '#00598f']
/** Between lines, in points. */
const GAP = 2
/** Where a line runs under what was put in and through what was taken out, in sizes of the letters below their top. */
const RULED = { in: 1.2, out: 0.7 } as const
const colours: Partial<Record<Line['kind'], string>> = { quiet: SOFT, late: RED, verdict: BLUE }

export interface Heading {
  head: string
  title: string
  language: string
  /** Said where a text holds signs that no font here has. */
  unwritten: string
}

type Stretch = NonNullable<Line['stretches']>[number]

/** The report on pages of A4, which are given away as they are full. */
export function pdfOf(lines: readonly Line[], { head, title, language, unwritten }: Heading) {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: language,
    info: { Title: `${head} · ${title}` },
  })
  const use = fontUser(doc)
  write({ kind: 'quiet', text: head })
  if (!lines.every(({ text }) => isWritable(text))) write({ kind: 'open', text: unwritten })
  for (const line of lines) write(line)
  doc.end()
  return doc

  function write({ kind, text, stretches, language: own }: Line): void {
    if (kind === 'head') beginItem()
    const parts = stretches ?? [{ kind: 'same' as const, text }]
    const setting = { language: own ?? undefined, size: sizes[kind], colour: colours[kind] ?? INK }
    if (isRightToLeft(text)) writeFromTheRight(parts, setting)
    else writeOn(parts, setting)
    doc.moveDown(0.35)
  }

  function writeOn(parts: readonly Stretch[], { language, size, colour }: Setting): void {
    const runs = parts.flatMap((stretch) =>
      runsOf(stretch.text, language).map((run) => ({ ...run, kind: stretch.kind })),
    )
    for (const [index, run] of runs.entries()) {
      use(run.font)
      doc.fontSize(size).fillColor(colourOf(run.kind, colour))
      doc.text(run.text, {
        continued: index < runs.length - 1,
        underline: run.kind === 'in',
        strike: run.kind === 'out',
        lineGap: GAP,
        baseline: onOneLine(size),
      })
    }
  }

  /** Word by word, since pdfkit knows lines from left to right only; letters of a word are joined by its font. */
  function writeFromTheRight(parts: readonly Stretch[], { language, size, colour }: Setting): void {
    const widthOf = ({ font, text }: Run) => {
      use(font)
      return doc.fontSize(size).widthOfString(text)
    }
    const { left, right } = doc.page.margins
    const width = doc.page.width - left - right
    const space = size / 4
    for (const words of wordsOf(parts, { language, widthOf })) {
      for (const line of linesOf(words, { width, space })) {
        if (doc.y > doc.page.height - doc.page.margins.bottom - 2 * size) doc.addPage()
        const y = doc.y
        let x = left + width
        for (const word of fromTheRight(line)) {
          x -= word.width
          let at = x
          for (const run of word.runs) {
            use(run.font)
            doc.fontSize(size).fillColor(colourOf(word.kind, colour))
            doc.text(run.text, at, y, { lineBreak: false, baseline: onOneLine(size) })
            at += widthOf(run)
          }
          if (word.kind !== 'same') {
            doc.strokeColor(colourOf(word.kind, colour))
            rule({ x, y: y + RULED[word.kind] * size, width: word.width })
          }
          x -= space
        }
        doc.x = left
        doc.y = y + 1.5 * size + GAP
      }
    }
  }

  /** pdfkit's own lines lie by the height of a font's lines, and Arabic needs high ones. */
  function rule({ x, y, width }: { x: number; y: number; width: number }): void {
    doc
      .lineWidth(1)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke()
  }

  /** A heading stands on the page of what it is over. */
  function beginItem(): void {
    if (doc.y > doc.page.height - 130) doc.addPage()
    doc.moveDown(0.6)
  }
}

/**
 * Fonts reach up to different heights: what they write stands on one line, so far below the top. Lines under words and
 * through them are drawn from the top, whatever the letters stand on.
 */
const onOneLine = (size: number): number => -size

interface Setting {
  language: string | undefined
  size: number
  colour: string
}

function colourOf(kind: Stretch['kind'], otherwise: string): string {
  if (kind === 'out') return SOFT
  return kind === 'in' ? BLUE : otherwise
}
