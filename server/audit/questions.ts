import { measures, ticketMeasureIds as measureIds } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import {
  type Breakdown,
  type Filters,
  type PresetWindow,
  presetWindows,
  timeBreakdowns,
  type ViewSpec,
} from '#shared/view.ts'

const breakdowns: readonly (Breakdown | undefined)[] = [undefined, ...timeBreakdowns, ...dimensions]
const short: readonly PresetWindow[] = ['1h', '24h', 'today']

/** Percentiles are not told of each member over time. */
const overTime = measureIds.filter((id) => {
  const { parts }: Measure = measures[id]
  return !parts.some(({ hasBins }) => hasBins)
})

/**
 * What an audit asks: every measure by every dimension, minute, hour and day over every window, now
 * and in the period before; each dimension over time; and some of it again for one member of each
 * dimension alone.
 */
export function auditQuestions(filters: ReadonlyMap<Dimension, string>): ViewSpec[] {
  return [
    ...presetWindows.flatMap((window) => everyBreakdown(window, {})),
    ...dimensions.flatMap((by): ViewSpec[] => [
      { measures: overTime, by, over: 'hour', window: '24h' },
      { measures: overTime, by, over: 'hour', window: 'today', period: 'previous' },
      { measures: overTime, by, over: 'day', window: '90d' },
    ]),
    ...[...filters].flatMap(([dimension, code]) => filtered({ [dimension]: [code] })),
  ]
}

function filtered(filters: Filters): ViewSpec[] {
  return [
    ...dimensions.map((by) => ask({ window: '30d', by, filters })),
    ask({ window: '24h', by: 'hour', filters }),
    ask({ window: '90d', by: 'day', filters }),
    { measures: overTime, by: 'category', over: 'day', window: '7d', filters },
  ]
}

function everyBreakdown(window: PresetWindow, filters: Filters): ViewSpec[] {
  const asked = breakdowns.filter((by) => by !== 'minute' || short.includes(window))
  return asked.flatMap((by) => [
    ask({ window, by, filters }),
    ask({ window, by, filters, period: 'previous' }),
  ])
}

function ask(spec: Omit<ViewSpec, 'measures'>): ViewSpec {
  return { measures: measureIds, ...spec }
}

/** A question in few words: `7d by agency, previous period, area=roxbury`. */
export function describeQuestion({ window, by, over, period, filters = {} }: ViewSpec): string {
  return [
    [window, ...(by ? [`by ${by}`] : []), ...(over ? [`over ${over}`] : [])].join(' '),
    ...(period ? ['previous period'] : []),
    ...Object.entries(filters).map(([dimension, codes]) => `${dimension}=${codes.join(' or ')}`),
  ].join(', ')
}
