import type { MeasureId } from '#shared/measures/all.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Engine } from '../live/engine.ts'
import type { ListQuestion } from './question.ts'

/**
 * How many tickets a list has, where the cube knows it: all that came in within a window, or all that are
 * open, overdue or due soon. Undefined where only counting would tell.
 */
export function totalOf(question: ListQuestion, engine: Engine): number | undefined {
  const measures = measuresOf(question)
  if (!measures) return undefined
  const { window = '1h', filters } = question
  const spec: ViewSpec = { measures, window, filters }
  const asked = engine.understand(spec)
  if (!engine.holds(asked)) return undefined
  const [, ...counts] = engine.answer(asked).state('').totals
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

function measuresOf({ window, statuses, states }: ListQuestion): MeasureId[] | undefined {
  if (window !== undefined) return statuses || states ? undefined : ['received', 'excluded']
  const isOpenOnly = statuses?.every((status) => status === 'open')
  if (states?.some((state) => state === 'onTime' || state === 'late')) return undefined
  if (states && (isOpenOnly ?? true)) return [...new Set(states)] as ('overdue' | 'dueSoon')[]
  return isOpenOnly && !states ? ['open'] : undefined
}
