import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BINS } from '#shared/measures/duration-bins.ts'
import { Column } from '../../../server/cube/column.ts'

/** What was appended and not forgotten, one after the other. */
type Row = readonly [minute: number, combination: number, n: number, bin: number]

const PLACES = Uint16Array.from([0, 1, 2, 1, 3])
const SIZE = 4

const rowIn = (minutes: number) =>
  fc.tuple(
    fc.integer({ min: -minutes, max: minutes }),
    fc.nat(PLACES.length - 1),
    fc.integer({ min: -300, max: 300 }),
    fc.nat(BINS - 1),
  )
/** Many rows of one stretch are added up another way than few. */
const many = fc
  .nat(9)
  .map((seed) =>
    Array.from({ length: 3000 }, (_, at): Row => [at % 20, at % 5, ((at * seed) % 3) - 1, at % 7]),
  )
const steps = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: many },
    { weight: 20, arbitrary: fc.array(rowIn(20), { maxLength: 40 }) },
    { weight: 2, arbitrary: fc.array(rowIn(1e8), { maxLength: 5 }) },
    { weight: 8, arbitrary: fc.constant('settle' as const) },
    { weight: 1, arbitrary: fc.record({ trim: fc.integer({ min: -25, max: 10 }) }) },
  ),
)

type Step = 'settle' | { trim: number } | Row[]

/** A column after the steps, and all that it should hold. */
function played(asked: readonly Step[], hasBins: boolean) {
  const column = new Column(hasBins)
  let rows: Row[] = []
  for (const step of asked) {
    if (step === 'settle') column.settle()
    else if (Array.isArray(step)) {
      const appended = step.map(([minute, combination, n, bin]): Row => [
        minute,
        combination,
        n,
        hasBins ? bin : 0,
      ])
      for (const row of appended) column.append(...row)
      rows.push(...appended)
    } else {
      column.trim(step.trim)
      rows = rows.filter(([minute]) => minute >= step.trim)
    }
  }
  return { column, rows }
}

/** Sums that are not zero, by a name. */
function summed(rows: readonly Row[], nameOf: (row: Row) => string): Record<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? 0) + row[2])
  return Object.fromEntries([...sums].filter(([, n]) => n !== 0).sort())
}

const cellOf = ([minute, combination, , bin]: Row) => `${minute} ${combination} ${bin}`

test('I1: a column holds what was appended, however it was settled and trimmed', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), fc.tuple(rowIn(30), rowIn(30)), (asked, hasBins, ends) => {
      const { column, rows } = played(asked, hasBins)
      const [from, to] = ends.map(([minute]) => minute).sort((a, b) => a - b) as [number, number]
      const seen: Row[] = []
      column.scan(from, to, (...row) => seen.push(row))
      const dated = rows.filter(([minute]) => minute >= from && minute < to)
      expect(summed(seen, cellOf)).toEqual(summed(dated, cellOf))
    }),
  )
})

test('I1: sums by place and stretch come to what the rows come to', () => {
  const edgesIn = fc.uniqueArray(fc.integer({ min: -25, max: 25 }), { minLength: 2 })
  fc.assert(
    fc.property(steps, fc.boolean(), edgesIn, (asked, hasBins, unsorted) => {
      const { column, rows } = played(asked, hasBins)
      const edges = unsorted.sort((a, b) => a - b)
      const stretchOf = (minute: number) => edges.findLastIndex((edge) => edge <= minute)
      const seen: Row[] = []
      column.sum({ edges, places: PLACES, size: SIZE }, (...row) => seen.push(row))
      const dated = rows.filter(
        ([minute, combination]) =>
          minute >= edges[0]! && minute < edges.at(-1)! && PLACES[combination]! > 0,
      )
      const byPlace = ([minute, place, , bin]: Row) => `${stretchOf(minute)} ${place} ${bin}`
      const expected = dated.map(([minute, combination, n, bin]): Row => [
        minute,
        PLACES[combination]!,
        n,
        bin,
      ])
      expect(summed(seen, byPlace)).toEqual(summed(expected, byPlace))
    }),
  )
})

test('I1: where everything counts, the sums are those of all rows', () => {
  const places = new Uint16Array(PLACES.length).fill(1)
  fc.assert(
    fc.property(steps, fc.boolean(), (asked, hasBins) => {
      const { column, rows } = played(asked, hasBins)
      const edges = [-20, -3, 0, 7, 19, 20]
      const seen: Row[] = []
      column.sum({ edges, places, size: 2, isWhole: true }, (...row) => seen.push(row))
      const stretchOf = (minute: number) => edges.findLast((edge) => edge <= minute)
      const dated = rows.filter(([minute]) => minute >= -20 && minute < 20)
      const byStretch = ([minute, , , bin]: Row) => `${stretchOf(minute)} ${bin}`
      expect(summed(seen, byStretch)).toEqual(summed(dated, byStretch))
    }),
  )
})

test('a cell that is corrected over and over takes no more room', () => {
  const column = new Column(true)
  for (let minute = 0; minute < 50; minute++) column.append(minute, 1, 1, 3)
  column.settle()
  for (let times = 0; times < 100; times++) {
    for (let minute = 0; minute < 50; minute++) {
      column.append(minute, 1, -1, 3 + times)
      column.append(minute, 1, 1, 4 + times)
    }
    column.settle()
  }
  expect(column.length).toBe(50)
})

test('what comes to nothing leaves nothing', () => {
  const column = new Column(false)
  column.append(5, 1, 1, 0)
  column.settle()
  column.append(5, 1, 500, 0)
  column.append(5, 1, -501, 0)
  column.settle()
  expect(column.length).toBe(0)
})
