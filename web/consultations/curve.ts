import type { Cell } from '#shared/view.ts'
import type { FlowData, FlowSeries } from '../charts/flow-data.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

export interface CurveLine {
  /** What it is called in the drawing: short. */
  name: string
  days: readonly Cell[]
  /** Its last day is not over: it is not drawn, since it would look like a fall. */
  isRunning: boolean
}

const WEEK = 7

/** Days since each was opened, one under the other. */
export function curveData(lines: readonly CurveLine[]): FlowData {
  const length = Math.max(0, ...lines.map(({ days }) => days.length))
  const numbers = Array.from({ length }, (_, index) => index)
  return {
    steps: numbers.map((index) => ({ key: index, label: dayName(index), part: 'whole' })),
    ticks: numbers
      .filter((index) => index % WEEK === 0)
      .map((index) => ({ index, label: number(index + 1), isMajor: index === 0 })),
    series: lines.map((line, place) => seriesOf(line, place, length)),
    breaks: [],
    breakLabel: '',
    runningLabel: '',
    beforeLabel: (name) => name,
  }
}

export const dayName = (index: number): string => t('consultation.curve.day', { day: index + 1 })

function seriesOf({ name, days, isRunning }: CurveLine, place: number, length: number): FlowSeries {
  const isLeftOut = (index: number) => isRunning && days.length > 1 && index === days.length - 1
  return {
    name,
    color: colorAt(place),
    ink: place < 2 ? `${colorAt(place)}-ink` : '--ink-2',
    values: Array.from({ length }, (_, index) => (isLeftOut(index) ? null : (days[index] ?? null))),
    before: [],
    total: number(sumOf(days)),
    soFar: '',
  }
}

export const sumOf = (days: readonly Cell[]): number =>
  days.reduce<number>((sum, n) => sum + (n ?? 0), 0)

export const colorAt = (place: number): string => `--series-${place + 1}`

/** A, B … of those that were before. */
export const letterAt = (place: number): string => String.fromCharCode(65 + place)
