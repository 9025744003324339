import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { MINUTE } from '#shared/time.ts'
import type { At, Basis, Break, ViewSpec, ViewState } from '#shared/view.ts'
import type { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import type { Db } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { answerPublished, type Published } from '../publications/answer.ts'
import { breaksIn, breaksOf } from './breaks.ts'
import type { Asking, FactsDesk } from './facts-desk.ts'
import { answerPast } from './past.ts'

/** What `GET /api/v1/view` answers: what a socket would be sent, and what each measure means. */
export interface Answer extends Omit<ViewState, 'id'> {
  seq: number
  /** True when the city and its numbers are invented. */
  demonstration: boolean
  at: At
  asOf: string
  basis: Basis
  /** Where it comes from: counted in memory or from the stored tickets, or published once. */
  from: 'cube' | 'facts' | 'publication'
  window: { start: string; end: string }
  definitions: Partial<Record<MeasureId, Definition>>
  /** Only where the window spans one. */
  breaks?: Break[]
  /** Only of what was published once: which days, and when. */
  published?: Published
}

type Definition = Pick<
  Measure,
  'version' | 'clock' | 'countedAt' | 'judge' | 'formula' | 'fields' | 'text'
>

export interface Views {
  engine: Engine
  db: Db
  desk: FactsDesk
}

/** A view that is ready to be shown, with what is to be said about it. */
export interface Counted extends Pick<Answer, 'at' | 'basis' | 'from'> {
  view: LiveView
  asOf: number
}

/** As of the last tick from the cube, or as it was at `at`; what the cube does not hold is counted from the facts. */
export async function answerView(
  views: Views,
  { spec, at }: { spec: ViewSpec; at: At | undefined },
  asking: Asking,
): Promise<Answer> {
  const question = views.engine.understand(spec)
  const counted = at
    ? await answerPast(views, { question, at }, asking)
    : await answerNow(views, question, asking)
  return answerOf(counted, views.engine)
}

async function answerNow(
  { engine, desk }: Views,
  question: Question,
  asking: Asking,
): Promise<Counted> {
  const { at, asOf } = engine
  if (engine.holds(question)) {
    return { view: engine.answer(question), at, asOf, basis: 'now', from: 'cube' }
  }
  const older = await desk.ask(question, undefined, asking)
  await engine.reached(older.at)
  older.view.takeChange('')
  return { ...older, basis: 'now', from: 'facts' }
}

function answerOf({ view, at, asOf, basis, from }: Counted, engine: Engine): Answer {
  const { id: _, ...state } = view.state('')
  const { spec } = view.question
  const breaks = breaksIn(breaksOf(engine.terms.changes, engine.clock), spec.measures, view.window)
  return {
    seq: at[0],
    demonstration: engine.terms.policy.policy.place.demonstration,
    at,
    asOf: new Date(asOf).toISOString(),
    basis,
    from,
    window: { start: iso(view.window.start), end: iso(view.window.end) },
    definitions: definitionsOf(spec.measures),
    ...(breaks.length > 0 && { breaks }),
    ...state,
  }
}

/** From what was published, with the versions of the definitions by which it was. */
export async function answerWhatWasPublished(
  { engine, db }: Pick<Views, 'engine' | 'db'>,
  spec: ViewSpec,
): Promise<Answer> {
  const { versions, ...answer } = await answerPublished(db, spec)
  const definitions = Object.fromEntries(
    Object.entries(definitionsOf(spec.measures)).map(([id, definition]) => [
      id,
      { ...definition, version: versions[id as MeasureId] ?? definition.version },
    ]),
  )
  const { demonstration } = engine.terms.policy.policy.place
  return { ...answer, demonstration, basis: 'published', from: 'publication', definitions }
}

const iso = (minute: number): string => new Date(minute * MINUTE).toISOString()

function definitionsOf(ids: readonly MeasureId[]): Answer['definitions'] {
  return Object.fromEntries(
    ids.map((id) => {
      const { version, clock, countedAt, judge, formula, fields, text }: Measure = measures[id]
      return [id, { version, clock, countedAt, judge, formula, fields, text }]
    }),
  )
}
