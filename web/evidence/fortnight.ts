import type { Unit } from '#shared/measures/measure.ts'
import type { Cell } from '#shared/view.ts'

/** A number day by day, so that one sees whether it moved. */
export interface Fortnight {
  days: readonly { label: string; isWhole: boolean }[]
  series: readonly FortnightSeries[]
  unit: Unit
  /** Counts stand on zero; a share or a duration may be cut. */
  isZeroBased: boolean
  write: (value: number) => string
}

export interface FortnightSeries {
  name: string
  /** Custom properties with the colour of the line and of its name. */
  color: string
  ink: string
  values: readonly Cell[]
}

export interface Scale {
  low: number
  high: number
  marks: readonly number[]
}

const shares = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5]

/** Three marks, round ones, that hold every value. */
export function scaleOf({ series, unit, isZeroBased }: Fortnight): Scale | undefined {
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null)
  if (known.length === 0) return undefined
  const low = isZeroBased ? 0 : Math.min(...known)
  const high = Math.max(...known)
  const half = roundUp(Math.max((high - low) / 2, least(unit, high)), unit)
  const start = isZeroBased ? 0 : Math.floor(low / half) * half
  const steps = Math.max(2, Math.ceil((high - start) / half - 1e-9))
  const top = unit === 'share' ? Math.min(1, start + steps * half) : start + steps * half
  const marks = Array.from({ length: steps + 1 }, (_, step) => Math.min(top, start + step * half))
  return { low: start, high: top, marks: [...new Set(marks)] }
}

const least = (unit: Unit, high: number): number => {
  if (unit === 'tickets') return 1
  return unit === 'seconds' ? Math.max(60, high / 50) : 0.02
}

function roundUp(step: number, unit: Unit): number {
  if (unit === 'share' || unit === 'points') return shares.find((one) => one >= step) ?? 0.5
  const size = 10 ** Math.floor(Math.log10(step))
  return [1, 2, 2.5, 5, 10].map((one) => one * size).find((one) => one >= step)!
}

/** Lines that break where a day is missing: from which day to which. */
export function unbroken(values: readonly Cell[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  values.forEach((value, index) => {
    if (value === null) return
    const last = runs.at(-1)
    if (last?.[1] === index - 1) last[1] = index
    else runs.push([index, index])
  })
  return runs
}
