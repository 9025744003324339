import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ScreenLeaf } from '#shared/ledger/screen-leaf.ts'
import type { MeasureId } from '#shared/measures/all.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'
import type { LiveView } from '../cube/live-view.ts'
import type { Engine } from '../live/engine.ts'
import { fieldsOf } from '../sheets/count.ts'
import { requireLive } from '../views/public-rule.ts'

/** A wall chooses scenes and languages; what it counts is always this. */
const WINDOW = '24h'
const city: MeasureId[] = ['received', 'closed', 'open', 'overdue', 'responseRate', 'onTimeRate']
const ranked: MeasureId[] = ['received', 'open', 'overdue', 'onTimeRate']
const moved: MeasureId[] = ['received', 'open', 'overdue', 'timeToClose']
const scenes = { agency: ranked, area: ranked, category: moved } as const

/**
 * What every wall shows at this moment, as the public rule allows it: the city's numbers as they are, and of each
 * breakdown the question and the fingerprint of its answer, which is had again from `/api/v1/view` at the same pair.
 */
export function shownNow(engine: Engine): ScreenLeaf {
  const { opened } = engine.terms.policy.policy
  const by = (['agency', 'area', 'category'] as const).filter((one) => opened.includes(one))
  const totals = answerOf(engine, { measures: city, window: WINDOW }).state('')
  return {
    at: [...engine.at],
    window: WINDOW,
    measures: Object.fromEntries(city.map((id) => [id, fieldsOf(id, totals)])),
    scenes: Object.fromEntries(by.map((one) => [one, sceneOf(engine, one)])),
  }
}

function sceneOf(engine: Engine, by: keyof typeof scenes): ScreenLeaf['scenes'][string] {
  const measures = scenes[by]
  const state = answerOf(engine, { measures, by, window: WINDOW }).state('')
  const ask = `measures=${measures.join(',')}&by=${by}&window=${WINDOW}`
  return { ask, sha256: fingerprintOfAnswer(state) }
}

/** SHA-256 of the RFC 8785 of an answer's rows, their totals, and the names of their columns. */
export function fingerprintOfAnswer({ columns, rows, totals }: Omit<ViewState, 'id'>): string {
  const told = { columns: columns.map(({ id }) => id), rows, totals }
  return hash('sha256', canonicalize(told)!, 'hex')
}

function answerOf(engine: Engine, spec: ViewSpec): LiveView {
  requireLive(spec, engine.terms.policy.policy)
  return engine.answer(engine.understand(spec))
}
