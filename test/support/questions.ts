import { measures, ticketMeasureIds as measureIds } from '#shared/measures/all.ts'
import type { Part } from '#shared/measures/part.ts'
import { dimensions } from '#shared/ticket.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Engine } from '../../server/live/engine.ts'

/** What can be asked of each member over time. */
const overTime = measureIds.filter((id) => !measures[id].parts.some(({ hasBins }: Part) => hasBins))

const questions: ViewSpec[] = [
  { measures: measureIds, window: '24h' },
  { measures: measureIds, window: '7d', by: 'day' },
  { measures: measureIds, window: '24h', by: 'hour' },
  { measures: measureIds, window: '1h', by: 'minute' },
  { measures: measureIds, window: 'today', by: 'hour', period: 'previous' },
  { measures: measureIds, window: '2026-03-28/2026-03-31', by: 'hour' },
  { measures: measureIds, window: '2026-03-28/2026-04-05', by: 'area' },
  ...dimensions.map((by): ViewSpec => ({ measures: measureIds, window: '7d', by })),
  ...dimensions.map((by): ViewSpec => ({
    measures: measureIds,
    window: '24h',
    by,
    period: 'previous',
  })),
  { measures: measureIds, window: '90d', by: 'day', filters: { area: ['R1', 'R2'] } },
  { measures: overTime, window: '24h', by: 'area', over: 'hour' },
  { measures: overTime, window: '7d', by: 'category', over: 'day' },
  { measures: overTime, window: '1h', by: 'agency', over: 'minute' },
  { measures: overTime, window: 'today', by: 'area', over: 'hour' },
  { measures: ['received', 'closed'], window: '24h', by: 'language', over: 'hour' },
  { measures: overTime, window: 'today', by: 'channel', over: 'hour', period: 'previous' },
  { measures: overTime, window: '2026-03-28/2026-04-05', by: 'area', over: 'day' },
  {
    measures: ['open', 'received', 'responseRate'],
    window: '7d',
    by: 'area',
    over: 'hour',
    filters: { agency: ['A1'], area: ['R1', 'R2'] },
  },
  {
    measures: ['open', 'received'],
    window: '7d',
    by: 'hour',
    filters: { agency: ['A1'], area: ['R1'] },
  },
]

/** Questions of every kind about arbitrary events; of those with filters, whose members have been seen. */
export function everyKind(engine: Engine): ViewSpec[] {
  return questions.filter((spec) => {
    try {
      return engine.understand(spec)
    } catch {
      return false
    }
  })
}
