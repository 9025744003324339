import type { Cell, ViewState } from '#shared/view.ts'
import { columnOf } from './read-view.ts'
import type { Step } from './timeline.ts'

export interface Periods {
  flow: ViewState | undefined
  flowBefore: ViewState | undefined
  steps: readonly Step[]
}

/** A number now and in the period before. */
export interface Compared {
  now: Cell
  before: Cell
}

/**
 * A count or a rate over the steps that are whole, and over the same steps of the period before: an
 * unfinished hour is never read as a drop. Undefined while no step is whole.
 */
export function overWholeSteps(
  measure: string,
  shape: 'count' | 'share',
  { flow, flowBefore, steps }: Periods,
): Compared | undefined {
  const whole = steps.flatMap(({ part }, index) => (part === 'whole' ? [index] : []))
  if (!flow || !flowBefore || whole.length === 0) return undefined
  const sum = (view: ViewState, column: string) => {
    const cells = columnOf(view, column)
    return whole.reduce((total, index) => total + (cells[index] ?? 0), 0)
  }
  const value = (view: ViewState) =>
    shape === 'count'
      ? sum(view, measure)
      : share(sum(view, `${measure}.numerator`), sum(view, `${measure}.n`))
  return { now: value(flow), before: value(flowBefore) }
}

const share = (hits: number, n: number): Cell => (n > 0 ? hits / n : null)
