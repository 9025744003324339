import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Request, Router } from 'express'
import { z } from 'zod'
import { countGroups } from '../comment-groups/reading-queries.ts'
import { called } from '../consultations/called.ts'
import { draftsOf } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'
import { parse } from '../http/parse.ts'
import type { Engine } from '../live/engine.ts'
import { standingIn } from './answered.ts'
import { countOpenGroups } from './answered-queries.ts'
import { answerBy } from './deadline.ts'
import { byKey } from './in-groups.ts'
import type { LettersDesk } from './letters-desk.ts'
import { makePdf } from './make-pdf.ts'
import { repliesIn } from './queries.ts'
import { lettersOf } from './report-letters.ts'
import { linesOf, type Saying } from './report-lines.ts'
import { pageOf } from './report-page.ts'
import { reportLanguages, reportWords } from './report-words.ts'
import { reportOf } from './report.ts'
import { saidIn } from './said.ts'
import { toldReplies } from './told.ts'

interface Parts {
  db: Db
  engine: Engine
  letters: LettersDesk
}

/** Groups of comments in a PDF, which is made as a whole: the rest stands in the page. */
const MOST_IN_PDF = 2000

const Query = z.strictObject({ language: z.enum(reportLanguages).default('en') })

/**
 * The closing report, for everybody: `GET /consultations/CODE/report?language=en` as a page without a script,
 * `…/report.pdf` as PDF. Every provision of every draft that is shown is in it, answered or not, with what was
 * counted on it, what was answered and what it reads now; after them every group of comments that are nearly the same,
 * answered or not, as PDF the 2,000 largest. Provisions are counted by the cube. 404.
 */
export function reportRoutes(parts: Parts): Router {
  const routes = Router()

  routes.get('/consultations/:code/report', async (req, res) => {
    const { lines, heading } = await reporting(parts, req, { most: Infinity })
    res.set('cache-control', 'no-store').type('html')
    await pipeline(Readable.from(pageOf(lines, heading)), res)
  })

  routes.get('/consultations/:code/report.pdf', async (req, res) => {
    const { lines, heading, code } = await reporting(parts, req, { most: MOST_IN_PDF })
    const pdf = await makePdf(await Array.fromAsync(lines), heading)
    res.set('cache-control', 'no-store').type('pdf')
    res.set('content-disposition', `inline; filename="${code}.pdf"`)
    res.send(pdf)
  })

  return routes
}

type Asking = Request<{ code: string }>

async function reporting({ db, engine, letters }: Parts, req: Asking, { most }: { most: number }) {
  const { language } = parse(Query, { ...req.query })
  const row = await called(db, req.params.code)
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  const rows = await repliesIn(db, row.code)
  const { directory, policy, calendar } = engine.terms
  const replies = toldReplies(rows, { code: row.code, drafts, directory })
  const { covered } = (await standingIn(db, [row], directory)).get(row.id)!
  const open = await countOpenGroups(db, [covered])
  const report = reportOf({
    ...{ row, drafts, directory, language },
    replies,
    said: saidIn(engine, row),
    inGroups: byKey(await letters.commentsIn(row.id, covered.groups), directory),
    openGroups: open.get(row.id) ?? 0,
    moreGroups: Math.max(0, (await countGroups(db, row.id)) - most),
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
  const groups = lettersOf(db, { consultation: row.id, replies, directory, most })
  return { lines: linesOf(report, groups, saying), heading, code: row.code }
}
