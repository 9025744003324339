import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Request, Router } from 'express'
import { z } from 'zod'
import type { Uncompared } from '#shared/wire.ts'
import { called } from '../consultations/called.ts'
import { parse } from '../http/parse.ts'
import { allowStyle } from '../http/security.ts'
import type { FiguresDesk } from './figures-desk.ts'
import { makePdf } from './make-pdf.ts'
import { countsIn } from './report-counts.ts'
import { lettersOf } from './report-letters.ts'
import { linesOf, type Saying } from './report-lines.ts'
import { pageOf, style } from './report-page.ts'
import { reportLanguages, reportWords } from './report-words.ts'
import { reportFrom, type ReportParts } from './report-from.ts'

/** Groups of comments that a PDF, which is made as a whole, tells with text and answer; the others in short. */
const WHOLLY_IN_PDF = 2000

interface Parts extends ReportParts {
  figures: FiguresDesk
  /** What is still to be compared, of all consultations. */
  uncompared: () => Uncompared | undefined
}

const Query = z.strictObject({ language: z.enum(reportLanguages).default('en') })

/**
 * The closing report, for everybody: `GET /consultations/CODE/report?language=en` as a page without a script,
 * `…/report.pdf` as PDF. Who took part and what came, with what was withheld by reason; every provision of every draft that is shown is in it, answered or not, with what was
 * counted on it, what was answered and what it reads now; after them every group of comments that are nearly the same,
 * answered or not; as PDF those after the 2,000 largest in short. 404.
 * `GET /consultations/CODE/figures`: `ToldFigures`, how it is answered, and who wrote how much; some seconds old at most.
 * What the cube holds no more is counted from the facts, as long ranges are: a 503 where that takes too long.
 */
export function reportRoutes(parts: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/figures', async (req, res) => {
    const row = await called(parts.db, req.params.code)
    res.set('cache-control', 'no-store').json(await parts.figures.figuresOf(row))
  })

  routes.get('/consultations/:code/report', async (req, res) => {
    const { lines, heading } = await reporting(parts, req, { wholly: Infinity })
    res.set('cache-control', 'no-store').type('html')
    allowStyle(res, style)
    await pipeline(Readable.from(pageOf(lines, heading)), res)
  })

  routes.get('/consultations/:code/report.pdf', async (req, res) => {
    const { lines, heading, code } = await reporting(parts, req, { wholly: WHOLLY_IN_PDF })
    const pdf = await makePdf(await Array.fromAsync(lines), heading)
    res.set('cache-control', 'no-store').type('pdf')
    res.set('content-disposition', `inline; filename="${code}.pdf"`)
    res.send(pdf)
  })

  return routes
}

type Asking = Request<{ code: string }>

async function reporting(parts: Parts, req: Asking, { wholly }: { wholly: number }) {
  const { db, engine, count } = parts
  const { language } = parse(Query, { ...req.query })
  const row = await called(db, req.params.code)
  const { directory, calendar } = engine.terms
  const { report, replies } = await reportFrom(parts, row, { language })
  const counting = { db, count, terms: engine.terms, uncompared: parts.uncompared() }
  const counts = await countsIn(counting, row)
  const words = reportWords[language]!
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'long',
    timeZone: calendar.timeZone,
  })
  const saying: Saying = {
    words,
    day: (at) => format.format(at),
    nameIn: (names) => names[language] ?? names.en ?? Object.values(names)[0] ?? row.code,
  }
  const { head, unwritten } = words
  const heading = { language, head, unwritten, title: saying.nameIn(row.titles) }
  const letters = lettersOf(db, { consultation: row.id, replies, directory })
  return { lines: linesOf(report, { counts, letters, wholly }, saying), heading, code: row.code }
}
