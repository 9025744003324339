import type { ViewSpec } from '#shared/view.ts'
import type { Sql } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import type { Progress } from '../progress.ts'
import { compare, type Comparison, type Difference } from './compare.ts'
import type { Expected } from './expect.ts'
import { expectAlong, type Point } from './expect-along.ts'
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
  /** About how many there are: for the progress alone. */
  tickets: number
  progress: Progress
}

interface Found {
  processes: ProcessAudit[]
  differences: string[]
}

/** The tickets are read once, and then what changed from answer to answer. */
export async function recountAnswers(sql: Sql, job: ToRecount): Promise<Found> {
  const { answers, questions, terms } = job
  const processes = new Map<string, ProcessAudit>()
  const differences: string[] = []
  const points = pointsOf(answers, questions)
  const steps = countSteps(job)

  function compareAt({ seq, asked, told }: AnsweredPoint, expected: readonly Expected[]): void {
    for (const [place, { process, answer }] of told.entries()) {
      const comparison = compare(answer, expected[place]!)
      const about = processes.get(process) ?? nothingOf(process, seq)
      processes.set(process, addTo(about, seq, comparison))
      for (const difference of comparison.differences) {
        differences.push(describe(process, asked[place]!.spec, difference))
      }
      steps.compared()
    }
  }

  const onPoint = (expected: readonly Expected[], place: number) =>
    compareAt(points[place]!, expected)
  await expectAlong(sql, { points, terms, onTicket: steps.counted, onPoint })
  const all = [...processes.values()]
  return {
    processes: all,
    differences: [...differences, ...all.flatMap((one) => unanswered(one, questions.length))],
  }
}

interface AnsweredPoint extends Point {
  told: readonly Answered[]
}

/** Where the journal stood when something was answered, and what, in its order. */
function pointsOf(answers: readonly Answered[], questions: readonly ViewSpec[]): AnsweredPoint[] {
  return [...Map.groupBy(answers, ({ at }) => at[0])]
    .map(([seq, told]) => ({
      seq,
      told,
      asked: told.map(({ question, at }) => ({ spec: questions[question]!, minute: at[1] })),
    }))
    .sort((a, b) => a.seq - b.seq)
}

/** An answer takes about as long to compare as so many tickets to count. */
const TICKETS_AN_ANSWER = 300

function countSteps({ answers, tickets, progress }: ToRecount) {
  const all = tickets + answers.length * TICKETS_AN_ANSWER
  let counted = 0
  let compared = 0
  const show = () =>
    progress.show(
      Math.min(1, (counted + compared * TICKETS_AN_ANSWER) / all),
      () => `${counted} tickets, ${compared} of ${answers.length} answers`,
    )
  return {
    counted() {
      counted++
      show()
    },
    compared() {
      compared++
      show()
    },
  }
}

const nothingOf = (process: string, seq: number): ProcessAudit => ({
  ...{ process, questions: 0, rows: 0, cells: 0 },
  ...{ from: seq, to: seq },
})

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
