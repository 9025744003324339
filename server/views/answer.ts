import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import type { Question } from '../cube/question.ts'
import type { Sql } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { answerFromFacts, type FactsAnswer } from './answer-from-facts.ts'
import { fewAtATime } from './few-at-a-time.ts'

/** What `GET /api/v1/view` answers: what a socket would be sent, and what each measure means. */
export interface Answer extends Omit<ViewState, 'id'> {
  seq: number
  at: At
  asOf: string
  window: { start: string; end: string }
  definitions: Partial<Record<MeasureId, Definition>>
}

interface Definition {
  version: number
  formula: string
  clock: string
  countedAt: string
  judge: string
}

/** Each reads every stored ticket, over a connection of its own: intake and the cube need theirs. */
const inTurn = fewAtATime({ atOnce: 2, waiting: 20 })

/** As of the last tick from the cube; a range older than the cube is counted from the facts. */
export async function answerView(engine: Engine, sql: Sql, spec: ViewSpec): Promise<Answer> {
  const question = engine.understand(spec)
  const { view, at, asOf } = engine.holds(question)
    ? { view: engine.answer(question), at: engine.at, asOf: engine.asOf }
    : await inTurn(() => olderAnswer(engine, sql, question))
  const { id: _, ...state } = view.state('')
  const { start, end } = view.window
  return {
    seq: at[0],
    at,
    asOf: new Date(asOf).toISOString(),
    window: { start: iso(start), end: iso(end) },
    definitions: definitionsOf(spec.measures),
    ...state,
  }
}

async function olderAnswer(engine: Engine, sql: Sql, question: Question): Promise<FactsAnswer> {
  const answer = await answerFromFacts(sql, question, engine.clock)
  await engine.reached(answer.at[0])
  answer.view.takeChange('')
  return answer
}

const iso = (minute: number): string => new Date(minute * 60_000).toISOString()

function definitionsOf(ids: readonly MeasureId[]): Answer['definitions'] {
  return Object.fromEntries(
    ids.map((id) => {
      const { version, formula, clock, countedAt, judge } = measures[id]
      return [id, { version, formula, clock, countedAt, judge }]
    }),
  )
}
