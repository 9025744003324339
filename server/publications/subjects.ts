import type { MeasureId } from '#shared/measures/all.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Policy } from '#shared/policy.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { type Kind, partsOf, publishedCounts, surveyMeasures } from './publishable.ts'

/** What publications are about: counts by a closed dimension, or surveys of the city or by an opened one. */
export interface Subject {
  kind: Kind
  dimension: Dimension | null
  measures: readonly MeasureId[]
  parts: readonly Part[]
}

/** Those that a policy demands; of surveys the whole city first, since its rows are told after it. */
export function subjectsOf({ opened, openedMeasures = [] }: Policy): Subject[] {
  const closed = dimensions.filter((dimension) => !opened.includes(dimension))
  const surveysBy = openedMeasures.length > 0 ? opened : []
  return [
    ...closed.map((dimension) => subject('counts', dimension, publishedCounts)),
    subject('surveys', null, surveyMeasures),
    ...surveysBy.map((dimension) => subject('surveys', dimension, openedMeasures)),
  ]
}

function subject(kind: Kind, dimension: Dimension | null, measures: readonly MeasureId[]): Subject {
  return { kind, dimension, measures, parts: partsOf(measures) }
}

/** Subjects of one scope are about the same answers, so that what is told of one tells of the others. */
export const scopeOf = ({ kind, dimension }: Pick<Subject, 'kind' | 'dimension'>): string =>
  kind === 'surveys' ? kind : `${kind} by ${dimension}`
