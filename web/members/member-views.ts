import type { MeasureId } from '#shared/measures/all.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { ViewSpec } from '#shared/view.ts'
import { type Selection, viewFilters } from '../board/selection.ts'

/** Dimensions whose members have a page. */
export type PageDimension = 'agency' | 'area' | 'category'

const week: MeasureId[] = ['received', 'closed', 'open', 'onTimeRate', 'timeToClose']

/** By what a member's week is taken apart: by categories, and a category by areas. */
export function partsOf(
  dimension: Dimension,
  opened: readonly Dimension[],
): PageDimension | undefined {
  const others = (['category', 'area', 'agency'] as const).filter((one) => one !== dimension)
  return others.find((one) => opened.includes(one))
}

/** Asked beside the board's views: the last 7 days against the 7 before, and where a category stands. */
export function memberViews(
  selection: Selection,
  dimension: PageDimension,
  opened: readonly Dimension[],
): ViewSpec[] {
  const filters = viewFilters(selection)
  const by = partsOf(dimension, opened)
  const asked = { window: '7d', ...(filters && { filters }) }
  const before = { ...asked, period: 'previous' } as const
  return [
    { id: 'week', measures: week, ...asked },
    { id: 'week-before', measures: week, ...before },
    ...(by ? [{ id: 'moved', measures: ['received'], by, ...asked } satisfies ViewSpec] : []),
    ...(by
      ? [{ id: 'moved-before', measures: ['received'], by, ...before } satisfies ViewSpec]
      : []),
    ...(dimension === 'category' ? [standing(selection)] : []),
  ]
}

/** Categories as the other dimensions are ranked, in the place of the board's view of them. */
function standing(selection: Selection): ViewSpec {
  const filters = viewFilters(selection, 'category')
  return {
    id: 'category',
    measures: ['received', 'open', 'overdue', 'onTimeRate'],
    by: 'category',
    window: selection.window,
    ...(filters && { filters }),
  }
}
