import { MINUTE } from '#shared/time.ts'
import type { PresetWindow, ViewState } from '#shared/view.ts'
import { type Step, timeline, windowStart } from '../board/timeline.ts'
import { stepOf } from '../board/views.ts'
import type { FlowData } from '../charts/flow-data.ts'

interface Flow {
  view: ViewState
  isBefore: boolean
  window: PresetWindow
  /** At whose beginning the window that runs ends. */
  minute: number
  zone: string
}

/** The steps of a side. Those of the period before are over: its last one is cut where the window's is. */
export function stepsOf({ view, isBefore, window, minute, zone }: Flow): Step[] {
  const keys = view.rows.map((row) => row[0])
  const by = stepOf(window)
  if (!isBefore) return timeline(keys, window, by, minute, zone)
  const startAt = windowStart(keys[0], window, minute)
  const length = window === 'today' || startAt === undefined ? 0 : minute - startAt / MINUTE
  const steps = timeline(keys, window, by, minute - length, zone)
  return steps.map((step) => (step.part === 'running' ? { ...step, part: 'cut' } : step))
}

/** The largest number in any of several charts: so far the scale of each must reach. */
export function peakOf(charts: readonly FlowData[]): number {
  return Math.max(
    0,
    ...charts.flatMap(({ series }) => series.flatMap(({ values }) => values.map(Number))),
  )
}
