import { type Dimension, dimensions } from '#shared/ticket.ts'
import { isTimeBreakdown, type ViewSpec } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'

/**
 * The public rule (I8): totals over time, live and exact; filters and breakdowns only by dimensions
 * that the city's policy opens. Every public question passes here, whichever way it comes.
 */
export function requirePublic(spec: ViewSpec, opened: readonly Dimension[]): void {
  for (const dimension of dimensionsOf(spec)) {
    if (opened.includes(dimension)) continue
    const path = spec.by === dimension ? 'by' : dimension
    throw new HttpError(403, `This city has not opened ${dimension} to the public.`, { path })
  }
}

function dimensionsOf({ by, filters = {} }: ViewSpec): Dimension[] {
  const narrowed = dimensions.filter((dimension) => filters[dimension] !== undefined)
  return by === undefined || isTimeBreakdown(by) ? narrowed : [...narrowed, by]
}
