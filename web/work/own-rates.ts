import type { ViewState } from '#shared/view.ts'
import { cellReader, totalOf } from '../board/read-view.ts'
import { wilson } from '#shared/measures/wilson.ts'

/** Those that agencies assert, then those that citizens say. */
export const ownRateIds = [
  'responseRate',
  'onTimeRate',
  'resolutionAsserted',
  'resolutionConfirmed',
  'satisfactionRate',
] as const
export type OwnRateId = (typeof ownRateIds)[number]

type View = Omit<ViewState, 'id'>

/** A share of the agencies' own; null of nothing (I7). */
export interface OwnRate {
  id: OwnRateId
  value: number | null
  hits: number
  n: number
  low: number
  high: number
  /** Of the time before. */
  was: number | null
  city: number | null
  /** How it stands to the city, as far as the interval tells; `few`: of too few to tell. */
  standing: 'above' | 'below' | 'alike' | 'few'
  movers: readonly RateMover[]
}

/** What a category added to the change of a rate, as a share: below zero it took away. */
export interface RateMover {
  code: string
  by: number
}

interface Views {
  now: View | undefined
  before: View | undefined
  cityOf: (id: OwnRateId) => number | null
  minN: number
}

export const ownRates = (views: Views): OwnRate[] => ownRateIds.map((id) => ownRate(id, views))

function ownRate(id: OwnRateId, { now, before, cityOf, minN }: Views): OwnRate {
  const value = total(now, id)
  const n = total(now, `${id}.n`) ?? 0
  const hits = total(now, `${id}.numerator`) ?? 0
  const [low, high] = n === 0 ? [0, 0] : wilson(hits, n)
  const city = cityOf(id)
  const isTold = n >= minN && (total(before, `${id}.n`) ?? 0) >= minN
  return {
    ...{ id, value, hits, n, low, high, city },
    was: total(before, id),
    standing: standingOf({ low, high, n, minN }, city),
    movers: isTold ? rateMovers(id, now!, before!).slice(0, MOST) : [],
  }
}

const total = (view: View | undefined, column: string): number | null =>
  totalOf(view && { id: '', ...view }, column)

function standingOf(
  { low, high, n, minN }: { low: number; high: number; n: number; minN: number },
  city: number | null,
): OwnRate['standing'] {
  if (n < minN || city === null) return 'few'
  if (low > city) return 'above'
  return high < city ? 'below' : 'alike'
}

const MOST = 2
/** What moves a rate by less than half a point is not worth a word. */
const LEAST = 0.005

/**
 * How much of a rate's change is each category's, the most first: what it lies above the rate before,
 * weighed by its part of all, now less before. All of them add up to the change.
 */
export function rateMovers(id: OwnRateId, now: View, before: View): RateMover[] {
  const was = total(before, id)
  if (was === null) return []
  const [is, then] = [excessIn(id, now, was), excessIn(id, before, was)]
  return [...new Set([...is.keys(), ...then.keys()])]
    .map((code) => ({ code, by: (is.get(code) ?? 0) - (then.get(code) ?? 0) }))
    .filter(({ by }) => Math.abs(by) >= LEAST)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
}

/** By category: the hits above those that a rate would have made of it, as a part of all. */
function excessIn(id: OwnRateId, view: View, rate: number): Map<string, number> {
  const read = cellReader({ id: '', ...view })
  const all = read(view.totals, `${id}.n`) ?? 0
  return new Map(
    view.rows.map((row) => {
      const [hits, n] = [read(row, `${id}.numerator`) ?? 0, read(row, `${id}.n`) ?? 0]
      return [row[0] ?? '', all === 0 ? 0 : (hits - rate * n) / all]
    }),
  )
}
