import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ToldCell } from '#shared/told.ts'
import { type City, FIRST, type Published, publishDays, utc } from './small-city.ts'
import { receivedPart } from '#shared/measures/received.ts'

/*
 * The strongest attacker there is: who tries every city that has the totals everybody sees, and strikes
 * out each that would not have been published as it was. Only feasible for a week of few tickets.
 */

const DAYS = 7
const start = utc.startOf(FIRST)

/** By day, then row. */
type Week = readonly (readonly number[])[]

function cityOf(week: Week): City {
  return {
    calendar: utc,
    first: FIRST,
    keys: week[0]!.map((_, row) => `row${row}`),
    parts: [receivedPart],
    count(key, _, window) {
      const row = Number(key.slice(3))
      const [from, to] = [(window.start - start) / 1440, (window.end - start) / 1440]
      return week.slice(from, to).reduce((sum, day) => sum + day[row]!, 0)
    },
  }
}

/** Every way in which a day's total can lie in the rows. */
function splits(total: number, rows: number): number[][] {
  if (rows === 1) return [[total]]
  return Array.from({ length: total + 1 }, (_, first) =>
    splits(total - first, rows - 1).map((rest) => [first, ...rest]),
  ).flat()
}

const lies = (n: number, [low, high]: ToldCell) => n >= low && n <= (high ?? Infinity)

/** A week that would look the same and of which `differs` holds of each of its days; undefined if there is none. */
function weekLike(
  published: readonly Published[],
  week: Week,
  differs: (rows: readonly number[], day: number) => boolean,
): Week | undefined {
  const told = published.filter(({ days }) => days === 1)
  const whole = published.find(({ days }) => days === DAYS)!.cells.map(([cell]) => cell!)
  const choices = week.map((day, at) => {
    const total = day.reduce((a, b) => a + b, 0)
    return splits(total, day.length).filter(
      (rows) => differs(rows, at) && rows.every((n, row) => lies(n, told[at]!.cells[row]![0]!)),
    )
  })
  const mostAfter = choices.map((_, at) =>
    whole.map((_, row) =>
      choices
        .slice(at)
        .reduce((sum, day) => sum + Math.max(0, ...day.map((rows) => rows[row]!)), 0),
    ),
  )
  const deadEnds = new Set<string>()

  function choose(chosen: Week, sums: readonly number[]): Week | undefined {
    const at = chosen.length
    const name = `${at} ${sums.join()}`
    const isPossible = sums.every(
      (n, row) =>
        n <= (whole[row]![1] ?? Infinity) && n + (mostAfter[at]?.[row] ?? 0) >= whole[row]![0],
    )
    if (!isPossible || deadEnds.has(name)) return undefined
    if (at === DAYS) return chosen
    for (const rows of choices[at]!) {
      const found = choose(
        [...chosen, rows],
        sums.map((n, row) => n + rows[row]!),
      )
      if (found) return found
    }
    deadEnds.add(name)
    return undefined
  }
  return choose(
    [],
    whole.map(() => 0),
  )
}

const arbitraryWeek: fc.Arbitrary<Week> = fc.integer({ min: 2, max: 3 }).chain((rows) =>
  fc.array(
    fc
      .oneof(
        { weight: 5, arbitrary: fc.constant(2) },
        { weight: rows === 2 ? 6 : 1, arbitrary: fc.constant(13) },
      )
      .chain((most) =>
        fc.array(fc.nat(most), { minLength: rows, maxLength: rows }).map((day) =>
          // One large row, as channels are.
          rows === 2 ? day : [day[0]!, day[1]! % 3, day[2]! % 2],
        ),
      ),
    { minLength: DAYS, maxLength: DAYS },
  ),
)

test('I8: for every count below 10 there is another city that would have been published alike', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWeek, async (week) => {
      const published = await publishDays(cityOf(week), DAYS)
      for (const [at, day] of week.entries()) {
        const isKnownAnyway = day.every((n) => n === 0)
        for (const [row, n] of day.entries()) {
          if (n >= 10 || isKnownAnyway) continue
          const other = weekLike(published, week, (rows, of) => of !== at || rows[row] !== n)
          expect(other, `${n} in row ${row} on day ${at} of ${JSON.stringify(week)}`).toBeDefined()
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('what is told depends only on what is public: such another city is told alike', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryWeek, fc.nat(DAYS - 1), async (week, day) => {
      const published = await publishDays(cityOf(week), DAYS)
      const other = weekLike(published, week, (rows, of) => of !== day || rows[0] !== week[of]![0])
      if (!other) return
      const cellsOf = (all: readonly Published[]) => all.map(({ cells }) => cells)
      expect(cellsOf(await publishDays(cityOf(other), DAYS))).toEqual(cellsOf(published))
    }),
    { numRuns: 200 },
  )
})
