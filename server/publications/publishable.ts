import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { Field, Measure } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'

/*
 * What is published by closed dimensions, and of surveys. Left out is what could not be proven safe,
 * for reasons that docs/adr/0011-publications.md gives: percentiles, cohorts, first answers.
 */

export const publishedCounts = [
  'received',
  'closed',
  'reopened',
  'closedFinal',
  'open',
  'overdue',
  'onTimeRateClosed',
  'resolutionAsserted',
  'transferShare',
  'excluded',
  'refused',
] as const satisfies readonly MeasureId[]

export const surveyMeasures = (Object.keys(measures) as MeasureId[]).filter(
  (id) => (measures[id] as Measure).isSurvey,
)

export type Kind = 'counts' | 'surveys'

export const publishedMeasures = (kind: Kind): readonly MeasureId[] =>
  kind === 'counts' ? publishedCounts : surveyMeasures

/** The parts that measures are made of, each once. */
export function partsOf(ids: readonly MeasureId[]): Part[] {
  return [...new Set(ids.flatMap((id) => (measures[id] as Measure).parts))]
}

const plainParts = new Set(
  Object.values<Measure>(measures).flatMap(({ parts, isSurvey }) => (isSurvey ? [] : parts)),
)

/** Made of what single citizens answered; no other measure holds it. */
export const isSurveyPart = (part: Part): boolean => !plainParts.has(part)

/** The part that a field of a published measure counts; undefined for a share. */
export function partOf({ parts, fields }: Measure, field: Field): Part | undefined {
  const counted = fields.filter(({ unit }) => unit === 'tickets')
  return parts[counted.indexOf(field)]
}

/** Of each pair, whatever counts in the first counts in the second at the same minute. */
export const within: readonly (readonly [inner: string, outer: string])[] = [
  ['closedFinal', 'closed'],
  ['refused', 'closed'],
  ['closedResolved', 'closed'],
  ['closedWithDue', 'closedFinal'],
  ['closedOnTime', 'closedWithDue'],
  ['closedTransferred', 'closedFinal'],
  ['overdue', 'open'],
  ['satisfied', 'rated'],
  ['confirmed', 'asked'],
  ['assertedOfAsked', 'asked'],
  ['closedSurveyed', 'closedFinal'],
]
