import type { ToldReply } from '#shared/consultations/told-replies.ts'
import { type ConsultationRow, draftsOf } from '../consultations/consultation-queries.ts'
import type { CountDays } from '../consultations/days-of.ts'
import type { Db } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { standingIn } from './answered.ts'
import { countOpenGroups } from './answered-queries.ts'
import { answerBy } from './deadline.ts'
import { byKey } from './in-groups.ts'
import type { LettersDesk } from './letters-desk.ts'
import { repliesIn } from './queries.ts'
import { type Report, reportOf } from './report.ts'
import { saidIn } from './said.ts'
import { toldReplies } from './told.ts'

export interface ReportParts {
  db: Db
  engine: Engine
  count: CountDays
  letters: LettersDesk
}

/** What was said and answered. */
export async function reportFrom(
  { db, engine, count, letters }: ReportParts,
  row: ConsultationRow,
  { language }: { language: string },
): Promise<{ report: Report; replies: readonly ToldReply[] }> {
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  const rows = await repliesIn(db, row.code)
  const { directory, policy } = engine.terms
  const replies = toldReplies(rows, { code: row.code, drafts, directory })
  const { covered } = (await standingIn(db, [row], directory)).get(row.id)!
  const open = await countOpenGroups(db, [covered])
  const report = reportOf({
    ...{ row, drafts, directory, language, replies },
    said: await saidIn(count, engine.terms, row),
    inGroups: byKey(await letters.commentsIn(row.id, covered.groups), directory),
    openGroups: open.get(row.id) ?? 0,
    answerBy: answerBy(row.closesAt, policy),
    now: Date.now(),
  })
  return { report, replies }
}
