import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Measure, Sums } from '#shared/measures/measure.ts'
import { parts } from '#shared/measures/all.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Dimension } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import {
  type Cell,
  isDimension,
  isTimeBreakdown,
  type TimeBreakdown,
  type ViewSpec,
} from '#shared/view.ts'
import type { Calendar } from '../cube/calendar.ts'
import type { Directory } from '../dimensions/directory.ts'
import { addUp, type Counted, nothing, type Received, sumsOf } from './counted.ts'
import { overOf, type Present, type Series, type Tally } from './recount.ts'

export type Cells = readonly Cell[]

/** What the answer to a question must be. */
export interface Expected {
  columns: readonly string[]
  rows: ReadonlyMap<string, Cells>
  totals: Cells
}

interface Terms {
  directory: Directory
  calendar: Calendar
}

export function expectedOf(spec: ViewSpec, tally: Tally, terms: Terms): Expected {
  return {
    columns: spec.measures.flatMap(columnsOf),
    rows: new Map(rowsOf(spec, tally, terms)),
    totals: cellsOf(
      spec,
      sumsOf(
        tally.totals,
        receivedIn(tally, ({ totals }) => totals),
      ),
    ),
  }
}

function columnsOf(id: MeasureId): string[] {
  const { fields }: Measure = measures[id]
  return fields.map(({ name }) => (name === 'value' ? id : `${id}.${name}`))
}

function cellsOf(spec: ViewSpec, sums: Sums): Cells {
  return spec.measures.flatMap((id) => measures[id].compute(sums))
}

type Rows = Iterable<[key: string, cells: Cells]>

function rowsOf(spec: ViewSpec, tally: Tally, { directory, calendar }: Terms): Rows {
  const { by, over } = spec
  if (by === undefined) return []
  if (isTimeBreakdown(by)) return rowsOfSteps(spec, timeSums(tally, tally, { unit: by, calendar }))
  // An audit asks of tickets.
  if (!isDimension(by)) return []
  if (over) return rowsOver(spec, tally, { by, over, directory, calendar })
  return memberRows(spec, tally, { by, directory })
}

function receivedIn(
  { present }: Tally,
  pick: (present: Present) => Received['minutes'],
): Received | undefined {
  return present && { minute: present.minute, minutes: pick(present) }
}

/** A member of whom nothing that was asked for is counted has no row. */
function* memberRows(
  spec: ViewSpec,
  tally: Tally,
  { by, directory }: { by: Dimension; directory: Directory },
): Rows {
  for (const [root, counted] of tally.byMember[by]) {
    const received = receivedIn(tally, ({ byMember }) => byMember[by].get(root))
    const sums = sumsOf(counted, received)
    if (isCounted(spec, sums)) yield [directory.codeOf(root), cellsOf(spec, sums)]
  }
}

/** The same of each step of each member. */
function* rowsOver(
  spec: ViewSpec,
  tally: Tally,
  { by, over, directory, calendar }: Terms & { by: Dimension; over: TimeBreakdown },
): Rows {
  for (const [root, series] of overOf(tally, by, over)!.members) {
    for (const [step, sums] of timeSums(tally, series, { unit: over, calendar })) {
      if (isCounted(spec, sums)) yield [`${directory.codeOf(root)} ${step}`, cellsOf(spec, sums)]
    }
  }
}

function isCounted({ measures: ids }: ViewSpec, sums: Sums): boolean {
  return ids.some((id) => measures[id].parts.some((part: Part) => sums.sum(part) !== 0))
}

function* rowsOfSteps(spec: ViewSpec, steps: Iterable<[step: string, sums: Sums]>): Rows {
  for (const [step, sums] of steps) yield [step, cellsOf(spec, sums)]
}

/** Sums of each minute, hour or day the window touches; a stock's value is the one at its end. */
function* timeSums(
  { window }: Tally,
  { byMinute, before }: Series,
  { unit, calendar }: { unit: TimeBreakdown; calendar: Calendar },
): Iterable<[step: string, sums: Sums]> {
  const rows = new Map<number, Counted>()
  for (let minute = window.start; minute < window.end; minute++) {
    const bin = calendar.binOf(unit, minute)
    const row = rows.get(bin) ?? nothing()
    rows.set(bin, row)
    const counted = byMinute.get(minute)
    if (counted) addUp(row, counted)
  }
  const level = nothing()
  addUp(level, before)
  for (const [bin, row] of rows) {
    addUp(level, row)
    yield [isoOf(bin), sumsOf(withLevels(row, level))]
  }
}

/** Flows as they are in the row, stocks as they stand at its end. */
function withLevels(row: Counted, level: Counted): Counted {
  const n = parts.map((part, place) => (part.kind === 'stock' ? level : row).n[place]!)
  return { n, bins: row.bins }
}

const isoOf = (minute: number): string =>
  new Date(minute * MINUTE).toISOString().replace(/:00\.000Z$/, 'Z')
