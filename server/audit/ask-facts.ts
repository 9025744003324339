import type { ViewSpec } from '#shared/view.ts'
import type { ClockMode } from '../cube/clock.ts'
import { loadCube } from '../cube/load.ts'
import { understand } from '../cube/question.ts'
import type { Connections } from '../db/connect.ts'
import { loadTerms } from '../live/terms.ts'
import { freshView } from '../live/view-pool.ts'
import type { Answered } from './queries.ts'

/** Answers from a cube built here, where no server runs. */
export async function askFacts(
  { db, sql }: Connections,
  questions: readonly ViewSpec[],
  clock: ClockMode,
): Promise<Answered[]> {
  const { cube, seq } = await loadCube(sql, clock)
  const terms = await loadTerms(db)
  return questions.map((spec, question) => ({
    process: 'a cube built for this audit',
    at: [seq, cube.minute],
    question,
    answer: freshView(
      understand(spec, () => terms),
      cube,
    ).state(''),
  }))
}
