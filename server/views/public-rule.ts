import type { MeasureId } from '#shared/measures/all.ts'
import type { Policy } from '#shared/policy.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { isDimension, isTimeBreakdown, type ViewSpec } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'
import { askedWindow } from '../publications/grid.ts'
import { publishedCounts, surveyMeasures } from '../publications/publishable.ts'

type Terms = Pick<Policy, 'opened' | 'openedMeasures'>

const isSurvey = (id: MeasureId): boolean => surveyMeasures.includes(id)

/**
 * The public rule (I8), which every public question passes, whichever way it comes. `live`: (a) the
 * city's totals, over time too, and (b) filters and breakdowns by dimensions that the policy opens, over
 * time too.
 * `published`: (c) one closed dimension, or surveys, over whole local days as first published. Throws
 * a 403 for all else, before any name in the question is looked up.
 */
export function publicQuestion(spec: ViewSpec, terms: Terms): 'live' | 'published' {
  const closed = dimensions.find((one) => spec.filters?.[one] && !terms.opened.includes(one))
  if (closed !== undefined) refuse(`${notOpened(closed)} Nothing is filtered by it.`, closed)
  const by = dimensionOf(spec)
  if (by !== undefined && !terms.opened.includes(by)) requireCounts(spec, by)
  else if (spec.measures.some(isSurvey)) requireSurveys(spec, terms)
  else return 'live'
  return 'published'
}

/** For sockets: what was published does not change, and is asked for once. */
export function requireLive(spec: ViewSpec, terms: Terms): void {
  if (publicQuestion(spec, terms) === 'live') return
  const by = dimensionOf(spec)
  const isClosed = by !== undefined && !terms.opened.includes(by)
  refuse(`${isClosed ? notOpened(by) : NOT_LIVE} ${HOW}`, isClosed ? 'by' : 'measures')
}

function requireCounts(spec: ViewSpec, by: Dimension): void {
  const other = spec.measures.find((id) => !(publishedCounts as readonly MeasureId[]).includes(id))
  if (other !== undefined) {
    refuse(
      `${notOpened(by)} By it only these are published: ${publishedCounts.join(', ')}.`,
      'measures',
    )
  }
  requireWholeDays(spec, { why: notOpened(by), path: 'by' })
}

function requireSurveys(spec: ViewSpec, { openedMeasures = [] }: Terms): void {
  const other = spec.measures.find((id) => !isSurvey(id))
  if (other !== undefined) refuse(`${NOT_LIVE} Ask for ${other} apart from it.`, 'measures')
  const isKept = (id: MeasureId) => !(openedMeasures as readonly MeasureId[]).includes(id)
  if (isTimeBreakdown(spec.by) || (spec.by !== undefined && spec.measures.some(isKept))) {
    refuse(`${NOT_LIVE} It is published for the whole city, without a breakdown.`, 'by')
  }
  requireWholeDays(spec, { why: NOT_LIVE, path: 'measures' })
}

const NOT_LIVE = 'What single citizens answered in surveys is not shown live.'

const HOW =
  'It is published by whole days, without filters: GET /api/v1/view with window=1d, 7d, 30d or 90d, or ' +
  'with the dates of a window that /api/v1/publications lists.'

/** Nothing that could be subtracted: windows of one length never overlap. */
function requireWholeDays(
  { filters = {}, over, period, window }: ViewSpec,
  { why, path }: { why: string; path: string },
): void {
  const isNarrowed = dimensions.some((dimension) => filters[dimension] !== undefined)
  const isWhole = over === undefined && period === undefined && askedWindow(window) !== undefined
  if (isNarrowed || !isWhole) refuse(`${why} ${HOW}`, path)
}

const notOpened = (dimension: Dimension): string =>
  `This city has not opened ${dimension} to the public.`

/**
 * Who publishes single comments publishes what they are about: consultations and provisions are open. So are
 * polls, whose answers are told by nothing but what was asked.
 */
function dimensionOf({ by }: ViewSpec): Dimension | undefined {
  return isDimension(by) ? by : undefined
}

function refuse(why: string, path: string): never {
  throw new HttpError(403, why, { path })
}
