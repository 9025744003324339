import type { Fields, Sheet } from '#shared/ledger/sheet.ts'
import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import { unpack } from '../journal/pack.ts'
import type { Engine } from '../live/engine.ts'
import { dayAfter } from '../publications/grid.ts'
import { requireLive } from '../views/public-rule.ts'

/** What stands at the top of the board and is counted live; what citizens answered is published (`surveys.ts`). */
export const headline = [
  'received',
  'closed',
  'open',
  'overdue',
  'responseRate',
  'onTimeRate',
  'resolutionAsserted',
] as const

const counted: ReadonlySet<number> = new Set(
  headline.flatMap((id) => (measures[id] as Measure).parts.map(({ code }) => code)),
)

/** Of the whole city on a local day, as the cube counts it now; undefined where it does not hold that day. */
export function countDay(engine: Engine, day: string): Sheet | undefined {
  const question = understood(engine, { measures: headline, window: `${day}/${dayAfter(day)}` })
  if (!engine.holds(question)) return undefined
  return sheetOf(engine, { day, at: engine.at, ...engine.answer(question).state('') })
}

/** A question to which everybody may have the answer. */
export function understood(engine: Engine, spec: ViewSpec) {
  requireLive(spec, engine.terms.policy.policy)
  return engine.understand(spec)
}

interface Counted extends Pick<ViewState, 'columns' | 'totals'> {
  day: string
  at: At
}

export function sheetOf(engine: Engine, { day, at, ...told }: Counted): Sheet {
  const { calendar } = engine.terms
  return {
    at: [...at],
    window: [calendar.startOf(day), calendar.startOf(dayAfter(day))],
    timeZone: calendar.timeZone,
    measures: Object.fromEntries(headline.map((id) => [id, fieldsOf(id, told)])),
  }
}

/** Whether a sheet tells of that part. */
export const isCounted = (code: number): boolean => counted.has(code)

/** The earliest minute at which a packed delta changes what a sheet counts; undefined: it changes nothing. */
export function earliestIn(delta: Uint8Array): number | undefined {
  let earliest = Infinity
  unpack(delta, (_, code, minute) => {
    if (minute < earliest && counted.has(code)) earliest = minute
  })
  return earliest === Infinity ? undefined : earliest
}

/** Of a measure, out of the totals of a view. */
export function fieldsOf(
  id: MeasureId,
  { columns, totals }: Pick<ViewState, 'columns' | 'totals'>,
): Fields {
  const cells = columns.flatMap(({ measure, field }, at) =>
    measure === id ? [[field ?? 'value', totals[at] as number | null] as const] : [],
  )
  return { version: measures[id].version, ...Object.fromEntries(cells) }
}

/** What differs, as it was and as it is; empty where nothing does. */
export function differencesOf(was: Sheet, is: Sheet): Record<string, Record<string, unknown>> {
  const ids = Object.keys({ ...was.measures, ...is.measures })
  const changed = ids.map((id) => [id, changedFields(was.measures[id], is.measures[id])] as const)
  return Object.fromEntries(changed.filter(([, fields]) => Object.keys(fields).length > 0))
}

function changedFields(was: Fields = {}, is: Fields = {}): Record<string, unknown> {
  const names = Object.keys({ ...was, ...is }).filter((name) => was[name] !== is[name])
  return Object.fromEntries(
    names.map((name) => [name, { was: was[name] ?? null, is: is[name] ?? null }]),
  )
}

/** Nothing was counted: neither of the day nor of what was open then. */
export const isBlank = ({ measures }: Pick<Sheet, 'measures'>): boolean =>
  Object.values(measures).every(({ version: _, ...fields }) =>
    Object.values(fields).every((value) => value === 0 || value === null),
  )
