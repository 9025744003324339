import type { MeasureId } from '#shared/measures/all.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { At, PresetWindow, TimeBreakdown, ViewSpec } from '#shared/view.ts'
import { viewQuery } from '../live/view-query.ts'
import { type Selection, viewFilters } from './selection.ts'

/** Dimensions the page ranks, where they are opened. */
export const ranked = ['agency', 'area'] as const satisfies readonly Dimension[]

const headline: MeasureId[] = [
  'received',
  'closed',
  'reopened',
  'open',
  'overdue',
  'responseRate',
  'onTimeRate',
]
const flow: MeasureId[] = ['received', 'closed', 'responseRate', 'onTimeRate']

/** What citizens answered: the public is told it of whole days, and not by these views. */
export const surveys: MeasureId[] = [
  'resolutionConfirmed',
  'resolutionGap',
  'satisfactionRate',
  'surveyCoverage',
]

/** How many whole days are told beside a window: the shortest that is no shorter. */
export function publishedDays(window: PresetWindow): number {
  const days = /^(\d+)d$/.exec(window)?.[1]
  return days === undefined ? 1 : Number(days)
}

export function stepOf(window: PresetWindow): TimeBreakdown {
  if (window === '1h') return 'minute'
  return window === '30d' || window === '90d' ? 'day' : 'hour'
}

/** A line is small: days are enough where the flow has hours of days. */
export const lineStepOf = (window: PresetWindow): TimeBreakdown =>
  window === '7d' ? 'day' : stepOf(window)

/** Rows that lines may bring: about 100 kB, and far from what the server refuses with the whole set. */
const MOST_POINTS = 3000
const points: Record<PresetWindow, number> = {
  '1h': 61,
  '24h': 25,
  today: 25,
  '7d': 8,
  '30d': 31,
  '90d': 91,
}

/**
 * The page's one set of views: the same for everybody who looks at the same selection. `categories` is how
 * many there are: of too many no lines are asked for.
 */
export function boardViews(
  selection: Selection,
  opened: readonly Dimension[],
  categories = 0,
): ViewSpec[] {
  const { window } = selection
  const filters = viewFilters(selection)
  const narrowed = filters && { filters }
  const by = stepOf(window)
  return [
    { id: 'now', measures: [...headline, 'excluded', 'refused'], window, ...narrowed },
    { id: 'before', measures: headline, window, period: 'previous', ...narrowed },
    { id: 'flow', measures: [...flow, 'open'], by, window, ...narrowed },
    { id: 'flow-before', measures: flow, by, window, period: 'previous', ...narrowed },
    ...ranked
      .filter((dimension) => opened.includes(dimension))
      .map((dimension) => rankingView(selection, dimension)),
    {
      id: 'backlog',
      measures: ['open', 'overdue', 'dueSoon', 'backlogAge', 'overdueByAge'],
      window,
      ...narrowed,
    },
    {
      id: 'backlog-before',
      measures: ['open', 'backlogAge'],
      window,
      period: 'previous',
      ...narrowed,
    },
    ...(opened.includes('category') ? categoryViews(selection, categories) : []),
  ]
}

/** As rankings, not narrowed by their own dimension. */
function categoryViews(selection: Selection, categories: number): ViewSpec[] {
  const { window } = selection
  const filters = viewFilters(selection, 'category')
  const asked = { by: 'category', window, ...(filters && { filters }) } as const
  const hasLines = categories > 0 && (categories + 1) * points[window] <= MOST_POINTS
  const lines = { measures: ['received'], over: lineStepOf(window), ...asked } as const
  return [
    { id: 'category', measures: ['received', 'open', 'overdue', 'timeToClose'], ...asked },
    {
      id: 'category-before',
      measures: ['received', 'open', 'overdue'],
      period: 'previous',
      ...asked,
    },
    ...(hasLines ? [{ id: 'category-flow', ...lines }] : []),
  ]
}

/** A ranking is not narrowed by its own dimension, so that what was chosen can be compared with the rest. */
function rankingView(selection: Selection, by: Dimension): ViewSpec {
  const filters = viewFilters(selection, by)
  return {
    id: by,
    measures: ['received', 'open', 'overdue', 'onTimeRate'],
    by,
    window: selection.window,
    ...(filters && { filters }),
  }
}

/** Where the same answer is had as a file. */
export function csvLink(spec: ViewSpec, at?: At): string {
  return `/api/v1/view.csv?${viewQuery(spec, at)}`
}
