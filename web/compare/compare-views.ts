import type { MeasureId } from '#shared/measures/all.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { ViewSpec } from '#shared/view.ts'
import { stepOf } from '../board/views.ts'
import { askedOf, type Compared, sides } from './comparison.ts'

const headline: MeasureId[] = [
  'received',
  'closed',
  'open',
  'overdue',
  'responseRate',
  'onTimeRate',
  'resolutionAsserted',
  'timeToClose',
  'backlogAge',
  'overdueByAge',
]

/** The page's one set of views: three for each side. */
export function compareViews(comparison: Compared, opened: readonly Dimension[]): ViewSpec[] {
  return sides.flatMap((side): ViewSpec[] => {
    const asked = askedOf(comparison[side], comparison.window)
    const by = stepOf(comparison.window)
    return [
      { id: side, measures: headline, ...asked },
      { id: `${side}-flow`, measures: ['received', 'closed'], by, ...asked },
      ...(opened.includes('category')
        ? [{ id: `${side}-category`, ...category, ...asked } as const]
        : []),
    ]
  })
}

/** The steps of the side that a view is of. */
export const flowOf = (view: string): string => `${view.split('-')[0]}-flow`

const category = { measures: ['received', 'timeToClose'], by: 'category' } as const
