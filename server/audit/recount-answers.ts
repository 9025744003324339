import type { ViewSpec } from '#shared/view.ts'
import type { Sql } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { compare, type Comparison, type Difference } from './compare.ts'
import { type Asked, expectedAt } from './expect-at.ts'
import type { Answered } from './queries.ts'
import { describeQuestion } from './questions.ts'

/** What was compared of one process. */
export interface ProcessAudit {
  process: string
  questions: number
  rows: number
  cells: number
  /** The first and the last point at which it answered. */
  from: number
  to: number
}

interface ToRecount {
  answers: readonly Answered[]
  questions: readonly ViewSpec[]
  terms: Terms
}

interface Found {
  processes: ProcessAudit[]
  differences: string[]
}

/** The facts are read once for each point of the journal at which something was answered. */
export async function recountAnswers(
  sql: Sql,
  { answers, questions, terms }: ToRecount,
): Promise<Found> {
  const processes = new Map<string, ProcessAudit>()
  const differences: string[] = []
  for (const [seq, told] of Map.groupBy(answers, ({ at }) => at[0])) {
    const asked = told.map(({ question, at }): Asked => ({
      spec: questions[question]!,
      minute: at[1],
    }))
    const expected = await expectedAt(sql, { seq, asked, terms })
    for (const [place, { process, answer }] of told.entries()) {
      const comparison = compare(answer, expected[place]!)
      const about = processes.get(process) ?? {
        process,
        questions: 0,
        rows: 0,
        cells: 0,
        from: seq,
        to: seq,
      }
      processes.set(process, addTo(about, seq, comparison))
      for (const difference of comparison.differences) {
        differences.push(describe(process, asked[place]!.spec, difference))
      }
    }
  }
  const all = [...processes.values()]
  return {
    processes: all,
    differences: [...differences, ...all.flatMap((one) => unanswered(one, questions.length))],
  }
}

function addTo(about: ProcessAudit, seq: number, { rows, cells }: Comparison): ProcessAudit {
  return {
    process: about.process,
    questions: about.questions + 1,
    rows: about.rows + rows,
    cells: about.cells + cells,
    from: Math.min(about.from, seq),
    to: Math.max(about.to, seq),
  }
}

function unanswered({ process, questions }: ProcessAudit, asked: number): string[] {
  if (questions === asked) return []
  return [`${process}: answered ${questions} of ${asked} questions and then nothing more`]
}

function describe(
  process: string,
  spec: ViewSpec,
  { row, column, cube, recount }: Difference,
): string {
  return `${process}: ${describeQuestion(spec)}; row ${row}, ${column}: the cube says ${cube}, the recount ${recount}`
}
