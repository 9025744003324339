import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import {
  axes,
  axesOf,
  type Axis,
  type Breakdown,
  type Column,
  isTimeBreakdown,
  joinKey,
  type TimeBreakdown,
  type ViewSpec,
} from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Calendar } from './calendar.ts'
import { checkSize } from './size.ts'
import { type Window, windowAt } from './window.ts'

/** A view spec understood: names found, parts listed, windows computed. */
export interface Question {
  /** The question as text; equal texts, equal answers. */
  readonly key: string
  readonly spec: ViewSpec
  readonly measures: readonly Measure[]
  readonly parts: readonly Part[]
  readonly columns: readonly Column[]
  readonly by: Breakdown | undefined
  /** The steps of rows over time, whether of all or of each member. */
  readonly step: TimeBreakdown | undefined
  readonly calendar: Calendar
  windowAt(minute: number): Window
  /** What a combination's row depends on; the last that is read decides, 0 where nothing is. */
  readonly reads: readonly Read[]
  labelOf(row: number): string
}

/** What a member at a place of a combination says of its row: −1 when it is filtered out. */
export interface Read {
  place: number
  rowOf(member: number): number
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
  checkSize(spec, { directory, calendar })
  const places = placesOf(spec, asked)
  refusePercentiles(spec, asked)

  return {
    key: keyOf(spec),
    spec,
    measures: asked,
    parts: [...new Set(asked.flatMap((measure) => measure.parts))],
    columns: [{ id: keyColumn(spec) }, ...asked.flatMap(columnsOf)],
    by: spec.by,
    step: isTimeBreakdown(spec.by) ? spec.by : spec.over,
    calendar,
    windowAt: (minute) => windowAt(spec, minute, calendar),
    reads: readsOf(spec.by, filters, { directory, places }),
    labelOf: (row) => terms().directory.codeOf(row),
  }
}

/** The spec in one spelling, without its `id`. */
function keyOf({ measures, by, over, window, filters = {}, period }: ViewSpec): string {
  const narrowed = axes
    .filter((dimension) => filters[dimension])
    .map((dimension) => [dimension, [...new Set(filters[dimension])].sort()])
  const broken = [by ?? null, over ?? null]
  return JSON.stringify([[...new Set(measures)], ...broken, window, narrowed, period ?? null])
}

/** `category`, or what the key of a row over time says: `category hour`. */
function keyColumn({ by = 'total', over }: Pick<ViewSpec, 'over'> & { by?: string }): string {
  return over === undefined ? by : joinKey(by, over)
}

interface Filter {
  axis: Axis
  kept: ReadonlySet<number>
}

function filtersOf({ filters = {} }: ViewSpec, directory: Directory): Filter[] {
  return axes.flatMap((dimension) => {
    const codes = filters[dimension]
    if (!codes) return []
    return [
      { axis: dimension, kept: new Set(codes.map((code) => memberOf(dimension, code, directory))) },
    ]
  })
}

function memberOf(dimension: Axis, code: string, directory: Directory): number {
  const id = directory.find(dimension, code)
  if (id !== undefined) return id
  throw new HttpError(400, `There is no ${dimension} called ${code}.`, { path: dimension })
}

type Places = ReadonlyMap<Axis, number>

/**
 * Where the axes of the question stand in the combinations of all that it asks for. Throws a 400 for one
 * by which some of it is not told.
 */
function placesOf({ by, filters = {} }: ViewSpec, asked: readonly Measure[]): Places {
  const own = by === undefined || isTimeBreakdown(by) ? [] : [by]
  const named = axes.filter((axis) => filters[axis] || own.includes(axis))
  const places = new Map<Axis, number>()
  for (const axis of named) {
    for (const measure of asked) {
      const place = axesOf(measure).indexOf(axis)
      if (place < 0) throw notToldBy(measure, axis, own.includes(axis) ? 'by' : axis)
      places.set(axis, place)
    }
  }
  return places
}

function notToldBy({ id, of }: Measure, axis: Axis, path: string): HttpError {
  const why = `${id} counts ${of ?? 'tickets'}, which are not told by ${axis}. Ask for it apart.`
  return new HttpError(400, why, { path })
}

function readsOf(
  by: Breakdown | undefined,
  filters: readonly Filter[],
  { directory, places }: { directory: Directory; places: Places },
): Read[] {
  const own = by === undefined || isTimeBreakdown(by) ? [] : [by]
  const others = filters.map(({ axis }) => axis).filter((axis) => !own.includes(axis))
  return [...others, ...own].map((axis) => {
    const kept = filters.find((filter) => filter.axis === axis)?.kept
    const rowOf = (member: number): number => {
      const root = directory.rootOf(member)
      if (kept && !kept.has(root)) return -1
      return own.includes(axis) ? root : 0
    }
    return { place: places.get(axis)!, rowOf }
  })
}

/** A histogram a row, 2 kB where many bins are used, would take thirty times the room of all else. */
function refusePercentiles({ over }: ViewSpec, asked: readonly Measure[]): void {
  const found = asked.find((measure) => measure.parts.some((part) => part.hasBins))
  if (over === undefined || !found) return
  const why = `${found.id} is told by members or over time, not both.`
  throw new HttpError(400, why, { path: 'measures' })
}

function columnsOf(measure: Measure): Column[] {
  return measure.fields.map(({ name, unit }) => ({
    id: name === 'value' ? measure.id : `${measure.id}.${name}`,
    measure: measure.id as MeasureId,
    field: name,
    unit,
  }))
}
