import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Field, Measure } from '#shared/measures/measure.ts'
import { MINUTE } from '#shared/time.ts'
import type { ToldCell } from '#shared/told.ts'
import {
  type At,
  type Breakdown,
  type Cell,
  type Column,
  isDimension,
  type Row,
  type ViewSpec,
  type ViewState,
} from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { roundedOf } from './classes.ts'
import { askedWindow } from './grid.ts'
import { partOf, publishedMeasures } from './publishable.ts'
import { findPublication, type Publication } from './queries.ts'

/** What is told of a publication besides its numbers. */
export interface Published {
  days: number
  /** Local dates; the last day is the one before `end`. */
  start: string
  end: string
  /** When it was published, by the database's clock. */
  at: string
  seq: number
  label: 'as first published'
}

/** An answer from what was published once; `versions` are those of the definitions then. */
export interface PublishedAnswer extends Omit<ViewState, 'id'> {
  seq: number
  at: At
  asOf: string
  window: { start: string; end: string }
  published: Published
  versions: Readonly<Partial<Record<MeasureId, number>>>
}

/**
 * The newest publication of the window's length, or the one of exactly this range. Of each count three
 * columns: rounded to 5 (null below 10, and where only a range is told), and the range it lies in;
 * without a `.high`, nothing is known above. Shares are of the rounded counts, in whole percent; a difference
 * of shares too, in tenths of a point: of two that are rounded each by itself it would be a point off.
 */
export async function answerPublished(db: Db, spec: ViewSpec): Promise<PublishedAnswer> {
  const found = await findPublication(db, {
    kind: kindOf(spec),
    dimension: dimensionOf(spec.by),
    ...askedWindow(spec.window)!,
  })
  if (!found) throw notPublished(spec)
  return answerFrom(found, spec)
}

/** What a publication tells of these measures. */
export function answerFrom(
  found: Publication,
  spec: Pick<ViewSpec, 'measures' | 'by'>,
): PublishedAnswer {
  const asked = [...new Set(spec.measures)].map((id): Measure => measures[id])
  return {
    seq: found.seq,
    at: [found.seq, found.minute],
    asOf: iso(found.minute),
    window: { start: iso(found.startMinute), end: iso(found.endMinute) },
    published: publishedOf(found),
    versions: found.told.definitions,
    columns: [{ id: spec.by ?? 'total' }, ...asked.flatMap(columnsOf)],
    ...rowsOf(found, asked),
  }
}

function notPublished(spec: ViewSpec): HttpError {
  const what =
    kindOf(spec) === 'surveys'
      ? 'Surveys are'
      : `This city has not opened ${spec.by} to the public: it is`
  const where = 'and this window is not yet. /api/v1/publications lists what is.'
  return new HttpError(404, `${what} published by whole days, ${where}`, { path: 'window' })
}

const kindOf = ({ measures: [first] }: ViewSpec) =>
  publishedMeasures('surveys').includes(first!) ? 'surveys' : 'counts'

const dimensionOf = (by: Breakdown | undefined) => (isDimension(by) ? by : null)

const iso = (minute: number): string => new Date(minute * MINUTE).toISOString()

function publishedOf({ days, startsOn, endsOn, at, seq }: Publication): Published {
  const publishedAt = new Date(at).toISOString()
  return { days, start: startsOn, end: endsOn, at: publishedAt, seq, label: 'as first published' }
}

function columnsOf(measure: Measure): Column[] {
  return measure.fields.flatMap((field) => {
    const { name, unit } = field
    const id = name === 'value' ? measure.id : `${measure.id}.${name}`
    const column = (end: string, of: string): Column => ({
      id: `${id}${end}`,
      measure: measure.id as MeasureId,
      field: `${name}${of}`,
      unit,
    })
    if (!partOf(measure, field)) return [column('', '')]
    return [column('', ''), column('.low', '.low'), column('.high', '.high')]
  })
}

/** What is told of a part; undefined where it was not counted then. */
type CellOf = (part: string) => ToldCell | undefined

function rowsOf(
  { dimension, told }: Publication,
  asked: readonly Measure[],
): Pick<ViewState, 'rows' | 'totals'> {
  const place = new Map(told.parts.map((part, at) => [part, at]))
  const rowOf = (key: string | null, cellOf: CellOf, isExact: boolean): Row => [
    key,
    ...asked.flatMap((measure) => cellsOf(measure, cellOf, isExact)),
  ]
  const rows = told.rows.map(({ key, cells }) =>
    rowOf(dimension && key, (part) => cells[place.get(part) ?? -1], false),
  )
  if (dimension === null) return { rows: [], totals: rows[0]! }
  const totalOf = (part: string): ToldCell | undefined => {
    const total = told.totals[place.get(part) ?? -1] ?? null
    return total === null ? undefined : [total, total]
  }
  return { rows, totals: rowOf(null, totalOf, true) }
}

function cellsOf(measure: Measure, cellOf: CellOf, isExact: boolean): Cell[] {
  const numberOf = (cell: ToldCell | undefined) => {
    if (!cell) return null
    return isExact ? cell[0] : roundedOf(cell)
  }
  return measure.fields.flatMap((field: Field): Cell[] => {
    const part = partOf(measure, field)
    if (!part) return [shareOf(measure, (id) => numberOf(cellOf(id)), isExact)]
    const cell = cellOf(part.id)
    return [numberOf(cell), cell?.[0] ?? null, cell?.[1] ?? null]
  })
}

/** Null where one of the counts that it is made of is not told. */
function shareOf(
  measure: Measure,
  numberOf: (part: string) => number | null,
  isExact: boolean,
): number | null {
  if (measure.parts.some(({ id }) => numberOf(id) === null)) return null
  const [share] = measure.compute({
    sum: ({ id }) => numberOf(id)!,
    histogram: () => [],
    ages: () => null,
  })
  if (share === null || share === undefined) return null
  const steps = measure.fields[0]?.unit === 'points' ? 1000 : 100
  return isExact ? share : Math.round(share * steps) / steps
}
