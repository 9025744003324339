import type { Cell } from '#shared/view.ts'
import type { FlowData, FlowStep } from '../charts/flow-data.ts'

/** Received and closed as paths in a square of 100 by 100, whose drawing is stretched. */
export interface FlowLines {
  /** Zero and up: what the horizontal rules stand for, the last one the top. */
  marks: number[]
  series: SeriesLines[]
}

interface SeriesLines {
  whole: string
  /** To and from steps that are not whole. */
  partial: string
  before: string
  /** Where the line ends. */
  end: { x: number; y: number; isHollow: boolean } | undefined
}

interface Scale {
  x: (index: number) => number
  y: (value: number) => number
}

export function flowLines({ steps, series }: FlowData): FlowLines {
  const values = series.flatMap(({ values, before }) => [...values, ...before])
  const marks = marksUpTo(Math.max(4, ...values.map(Number)))
  const scale: Scale = {
    x: (index) => placeOf(index, steps.length),
    y: (value) => 100 - (100 * value) / marks.at(-1)!,
  }
  return {
    marks,
    series: series.map(({ values, before }) => ({
      ...linesOf(values, steps, scale),
      before: linesOf(before, steps, scale, () => true).whole,
      end: endOf(values, steps, scale),
    })),
  }
}

/** The middle of a step, in hundredths of the width. */
export const placeOf = (index: number, steps: number): number => (100 * (index + 0.5)) / steps

/** A missing value is a gap, never bridged. */
function linesOf(
  values: readonly Cell[],
  steps: readonly FlowStep[],
  { x, y }: Scale,
  isWhole = (index: number) => steps[index]?.part === 'whole',
): { whole: string; partial: string } {
  const lines = { whole: '', partial: '' }
  values.forEach((value, index) => {
    const before = values[index - 1]
    if (value === null || before === null || before === undefined) return
    const line = isWhole(index) && isWhole(index - 1) ? 'whole' : 'partial'
    lines[line] += `M${x(index - 1)} ${y(before)}L${x(index)} ${y(value)}`
  })
  return lines
}

function endOf(values: readonly Cell[], steps: readonly FlowStep[], { x, y }: Scale) {
  const index = values.findLastIndex((value) => value !== null)
  const value = values[index] ?? null
  if (value === null) return undefined
  return { x: x(index), y: y(value), isHollow: steps[index]?.part !== 'whole' }
}

/** Even steps of 1, 2 or 5 times a power of ten, two to five of them, the last not below `most`. */
function marksUpTo(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / 2))
  const step = [1, 2, 5, 10].map((n) => n * power).find((size) => most / size <= 5)!
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step)
}
