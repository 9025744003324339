import type { MeasureId } from '#shared/measures/all.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'
import { totalOf } from '../board/read-view.ts'
import { wilson } from '#shared/measures/wilson.ts'

const measures = ['responseRate', 'onTimeRate', 'resolutionAsserted'] as const satisfies MeasureId[]
export type OwnRateId = (typeof measures)[number]

/** The agencies' own and the city's, of the last 24 hours, and their own of the 24 before; movers by category. */
export function rateViews(agencies: readonly string[] | null, isOpened: boolean): ViewSpec[] {
  const asked = { measures: [...measures], window: '24h' } as const
  const own = isOpened && agencies ? { filters: { agency: [...agencies] } } : {}
  return [
    { id: 'own', ...asked, ...own },
    { id: 'own-before', ...asked, ...own, period: 'previous' },
    { id: 'city', ...asked },
  ]
}

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
}

interface Views {
  own: ViewState | undefined
  before: ViewState | undefined
  city: ViewState | undefined
  minN: number
}

export const ownRates = (views: Views): OwnRate[] => measures.map((id) => ownRate(id, views))

function ownRate(id: OwnRateId, { own, before, city, minN }: Views): OwnRate {
  const value = totalOf(own, id)
  const n = totalOf(own, `${id}.n`) ?? 0
  const hits = totalOf(own, `${id}.numerator`) ?? 0
  const [low, high] = n === 0 ? [0, 0] : wilson(hits, n)
  const was = totalOf(before, id)
  const whole = totalOf(city, id)
  return {
    id,
    value,
    hits,
    n,
    low,
    high,
    was,
    city: whole,
    standing: standingOf({ low, high, n, minN }, whole),
  }
}

function standingOf(
  { low, high, n, minN }: { low: number; high: number; n: number; minN: number },
  city: number | null,
): OwnRate['standing'] {
  if (n < minN || city === null) return 'few'
  if (low > city) return 'above'
  return high < city ? 'below' : 'alike'
}
