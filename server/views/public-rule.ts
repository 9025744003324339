import { measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { isTimeBreakdown, type ViewSpec } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'

const surveyMeasures = new Set<string>(
  Object.values<Measure>(measures).flatMap(({ id, isSurvey }) => (isSurvey ? [id] : [])),
)

/**
 * The public rule (I8): totals over time, live and exact; filters and breakdowns only by dimensions
 * that the city's policy opens; what single citizens answered not at all. Every public question
 * passes here, whichever way it comes.
 */
export function requirePublic(spec: ViewSpec, opened: readonly Dimension[]): void {
  const survey = spec.measures.find((id) => surveyMeasures.has(id))
  if (survey !== undefined) {
    throw new HttpError(403, `${survey} is made of single answers and is not shown live.`, {
      path: 'measures',
    })
  }
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
