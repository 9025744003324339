import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import {
  type Breakdown,
  type Column,
  isTimeBreakdown,
  type TimeBreakdown,
  type ViewSpec,
} from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Combination } from '../journal/delta.ts'
import type { Calendar } from './calendar.ts'
import { readRange, type Window, windowAt, isPreset } from './window.ts'

/** A view may not have more rows than this: a chart has fewer pixels. */
const MAX_ROWS = 3000
const MINUTES: Record<TimeBreakdown, number> = { minute: 1, hour: 60, day: 1440 }

/** A view spec understood: names found, parts listed, windows computed. */
export interface Question {
  /** The question as text; equal texts, equal answers. */
  readonly key: string
  readonly spec: ViewSpec
  readonly measures: readonly Measure[]
  readonly parts: readonly Part[]
  readonly columns: readonly Column[]
  readonly by: Breakdown | undefined
  readonly calendar: Calendar
  windowAt(minute: number): Window
  /** The row a combination belongs to, -1 when it is filtered out; 0 for all when time or nothing breaks down. */
  rowOf(combination: Combination): number
  /** The places in a combination that its row depends on. */
  readonly reads: readonly number[]
  labelOf(row: number): string
}

export interface Terms {
  directory: Directory
  calendar: Calendar
}

/**
 * Throws a 400 that names the part of the spec that cannot be understood. Terms are asked for when
 * needed: a member may be seen for the first time after its view was opened.
 */
export function understand(spec: ViewSpec, terms: () => Terms): Question {
  const { directory, calendar } = terms()
  const asked = [...new Set(spec.measures)].map((id): Measure => measures[id])
  const filters = filtersOf(spec, directory)
  checkWindow(spec, calendar)

  return {
    key: keyOf(spec),
    spec,
    measures: asked,
    parts: [...new Set(asked.flatMap((measure) => measure.parts))],
    columns: [{ id: spec.by ?? 'total' }, ...asked.flatMap(columnsOf)],
    by: spec.by,
    calendar,
    windowAt: (minute) => windowAt(spec, minute, calendar),
    rowOf: rowFunction(spec.by, filters, directory),
    reads: readsOf(spec.by, filters),
    labelOf: (row) => terms().directory.codeOf(row),
  }
}

/** The spec in one spelling, without its `id`. */
function keyOf({ measures, by, window, filters = {}, period }: ViewSpec): string {
  const narrowed = dimensions
    .filter((dimension) => filters[dimension])
    .map((dimension) => [dimension, [...new Set(filters[dimension])].sort()])
  return JSON.stringify([[...new Set(measures)], by ?? null, window, narrowed, period ?? null])
}

interface Filter {
  place: number
  kept: ReadonlySet<number>
}

function filtersOf({ filters = {} }: ViewSpec, directory: Directory): Filter[] {
  return dimensions.flatMap((dimension, place) => {
    const codes = filters[dimension]
    if (!codes) return []
    return [{ place, kept: new Set(codes.map((code) => memberOf(dimension, code, directory))) }]
  })
}

function memberOf(dimension: Dimension, code: string, directory: Directory): number {
  const id = directory.find(dimension, code)
  if (id !== undefined) return id
  throw new HttpError(400, `There is no ${dimension} called ${code}.`, { path: dimension })
}

function rowFunction(
  by: Breakdown | undefined,
  filters: readonly Filter[],
  directory: Directory,
): Question['rowOf'] {
  const place = by === undefined || isTimeBreakdown(by) ? undefined : dimensions.indexOf(by)
  return (combination) => {
    for (const filter of filters) {
      if (!filter.kept.has(directory.rootOf(combination[filter.place]!))) return -1
    }
    return place === undefined ? 0 : directory.rootOf(combination[place]!)
  }
}

function readsOf(by: Breakdown | undefined, filters: readonly Filter[]): number[] {
  const own = by === undefined || isTimeBreakdown(by) ? [] : [dimensions.indexOf(by)]
  return [...new Set([...own, ...filters.map(({ place }) => place)])]
}

function checkWindow({ window, by }: ViewSpec, calendar: Calendar): void {
  try {
    if (!isPreset(window)) readRange(window, calendar)
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'It is no range.'
    throw new HttpError(400, `The window ${window} cannot be read. ${reason}`, { path: 'window' })
  }
  if (!isTimeBreakdown(by)) return
  const { start, end } = isPreset(window)
    ? windowAt({ window }, 4 * 366 * 1440, calendar)
    : readRange(window, calendar)
  if ((end - start) / MINUTES[by] <= MAX_ROWS) return
  throw new HttpError(400, `By ${by} this window has more than ${MAX_ROWS} rows.`, { path: 'by' })
}

function columnsOf(measure: Measure): Column[] {
  return measure.fields.map(({ name, unit }) => ({
    id: name === 'value' ? measure.id : `${measure.id}.${name}`,
    measure: measure.id as MeasureId,
    field: name,
    unit,
  }))
}
