import PDFDocument from 'pdfkit'
import type { Line } from './report-lines.ts'
import { fontUser, runsOf } from './pdf-text.ts'

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
const colours: Partial<Record<Line['kind'], string>> = { quiet: SOFT, late: RED, verdict: BLUE }

export interface Heading {
  head: string
  title: string
  language: string
}

/** The report on pages of A4, which are given away as they are full. */
export function pdfOf(lines: Iterable<Line>, { head, title, language }: Heading) {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 56,
    lang: language,
    info: { Title: `${head} · ${title}` },
  })
  const use = fontUser(doc)
  write({ kind: 'quiet', text: head })
  for (const line of lines) write(line)
  doc.end()
  return doc

  function write({ kind, text, stretches }: Line): void {
    if (kind === 'head') beginItem()
    const parts = (stretches ?? [{ kind: 'same' as const, text }]).flatMap((stretch) =>
      runsOf(stretch.text).map((run) => ({ ...run, kind: stretch.kind })),
    )
    const size = sizes[kind]
    for (const [index, run] of parts.entries()) {
      use(run.font)
      const colour = run.kind === 'out' ? SOFT : run.kind === 'in' ? BLUE : (colours[kind] ?? INK)
      doc.fontSize(size).fillColor(colour)
      doc.text(run.text, {
        continued: index < parts.length - 1,
        underline: run.kind === 'in',
        strike: run.kind === 'out',
        lineGap: 2,
      })
    }
    doc.moveDown(0.35)
  }

  /** A heading stands on the page of what it is over. */
  function beginItem(): void {
    if (doc.y > doc.page.height - 130) doc.addPage()
    doc.moveDown(0.6)
  }
}
