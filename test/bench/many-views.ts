import type { MeasureId } from '#shared/measures/all.ts'
import { dimensions } from '#shared/ticket.ts'
import { type Breakdown, type ViewSpec } from '#shared/view.ts'

const sets: readonly (readonly MeasureId[])[] = [
  ['received', 'closed'],
  ['received', 'open', 'overdue'],
  ['closedFinal', 'onTimeRateClosed'],
  ['timeToClose'],
]
const breakdowns: readonly (Breakdown | undefined)[] = [undefined, 'hour', ...dimensions]
const windows = ['24h', '7d', '30d', '90d']

/** As many views as are asked for, all different, of every kind that pages ask. */
export function manyViews(most: number): ViewSpec[] {
  const views: ViewSpec[] = []
  for (let area = -1; views.length < most; area++) {
    // First the whole city, then area by area.
    const filters = area < 0 ? {} : { filters: { area: [`area-${area}`] } }
    for (const window of windows) {
      for (const by of breakdowns) {
        for (const measures of sets) {
          views.push({ id: `${views.length}`, measures, ...(by && { by }), window, ...filters })
        }
      }
    }
  }
  return views.slice(0, most)
}
