import type { Cell } from '#shared/view.ts'

/** A minute, hour or day: what it is called, and whether it is whole. */
export interface FlowStep {
  /** The same step has it however far the window has moved on: when it begins, or which one it is. */
  key: number
  label: string
  part: 'whole' | 'cut' | 'running' | 'unheard'
  /** Said of a step that was told otherwise before late data came. */
  revised?: string
}

export interface FlowTick {
  index: number
  label: string
  /** Kept when there is no room for all. */
  isMajor: boolean
}

export interface FlowSeries {
  name: string
  /** Custom properties with the colour of the line and of its name. */
  color: string
  ink: string
  values: readonly Cell[]
  /** The previous period, step by step; null where it is not comparable. */
  before: readonly Cell[]
  /** Written at the line's end, under the name. */
  total: string
  /** Written beside the unfinished step. */
  soFar: string
}

/** Where a series is counted by another definition from then on. */
export interface FlowBreak {
  /** On the axis of the steps, whose middles are whole numbers. */
  place: number
  /** The step in which it lies. */
  index: number
}

export interface FlowData {
  steps: readonly FlowStep[]
  ticks: readonly FlowTick[]
  series: readonly FlowSeries[]
  /** The scale reaches at least so far: charts beside each other have one scale. */
  reach?: number
  breaks: readonly FlowBreak[]
  /** Written beside a break. */
  breakLabel: string
  /** What the running step is called: "unfinished hour". */
  runningLabel: string
  /** How the previous period is called in the tooltip. */
  beforeLabel: (name: string) => string
}
