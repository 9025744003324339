import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Request, Router } from 'express'
import { z } from 'zod'
import { called } from '../consultations/called.ts'
import { draftsOf } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import type { Engine } from '../live/engine.ts'
import { answerBy } from './deadline.ts'
import { makePdf } from './make-pdf.ts'
import { repliesIn } from './queries.ts'
import { linesOf, type Saying } from './report-lines.ts'
import { pageOf } from './report-page.ts'
import { reportLanguages, reportWords } from './report-words.ts'
import { reportOf } from './report.ts'
import { saidIn } from './said.ts'
import { toldReplies } from './told.ts'

interface Parts {
  db: Db
  engine: Engine
}

const Query = z.strictObject({ language: z.enum(reportLanguages).default('en') })

/**
 * The closing report, for everybody: `GET /consultations/CODE/report?language=en` as a page without a script,
 * `…/report.pdf` as PDF. Every provision of every draft that is shown is in it, answered or not, with what was
 * counted on it, what was answered and what it reads now. Counted by the cube: no comment is read. 404.
 */
export function reportRoutes(parts: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/report', async (req, res) => {
    const { lines, heading } = await reporting(parts, req, req.params.code)
    res.set('cache-control', 'no-store').type('html')
    await pipeline(Readable.from(pageOf(lines, heading)), res)
  })

  routes.get('/consultations/:code/report.pdf', async (req, res) => {
    const { lines, heading, code } = await reporting(parts, req, req.params.code)
    const pdf = await makePdf([...lines], heading)
    res.set('cache-control', 'no-store').type('pdf')
    res.set('content-disposition', `inline; filename="${code}.pdf"`)
    res.send(pdf)
  })

  return routes
}

async function reporting({ db, engine }: Parts, req: Request, code: string) {
  const { language } = parse(Query, { ...req.query })
  const row = await called(db, code)
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  const rows = await repliesIn(db, row.code)
  const { directory, policy, calendar } = engine.terms
  const report = reportOf({
    ...{ row, drafts, directory, language },
    replies: toldReplies(rows, { code: row.code, drafts, directory }),
    said: saidIn(engine, row),
    answerBy: answerBy(row.closesAt, policy),
    now: Date.now(),
  })
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
  const heading = { language, head: words.head, title: saying.nameIn(row.titles) }
  return { lines: linesOf(report, saying), heading, code: row.code }
}
