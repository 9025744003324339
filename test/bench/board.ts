import type { ViewSpec } from '#shared/view.ts'

const window = '24h'

/** As many views as a full page has, all different: one set, so one room. */
export const board: readonly ViewSpec[] = [
  {
    id: 'now',
    measures: ['received', 'closed', 'reopened', 'open', 'overdue', 'onTimeRate', 'timeToClose'],
    window,
  },
  { id: 'before', measures: ['received', 'closed', 'onTimeRate'], window, period: 'previous' },
  { id: 'flow', measures: ['received', 'closed', 'open'], by: 'hour', window },
  { id: 'flow-before', measures: ['received', 'closed'], by: 'hour', window, period: 'previous' },
  { id: 'minutes', measures: ['received', 'closed'], by: 'minute', window: '1h' },
  { id: 'days', measures: ['received', 'closed', 'overdue'], by: 'day', window: '30d' },
  { id: 'week', measures: ['received', 'closed', 'onTimeRate', 'timeToClose'], window: '7d' },
  { id: 'today', measures: ['received', 'closed', 'excluded'], window: 'today' },
  { id: 'agency', measures: ['received', 'open', 'overdue', 'onTimeRate'], by: 'agency', window },
  { id: 'area', measures: ['received', 'open', 'overdue', 'onTimeRate'], by: 'area', window },
  { id: 'category', measures: ['received', 'open', 'timeToClose'], by: 'category', window },
  { id: 'closed', measures: ['closedFinal', 'onTimeRateClosed'], by: 'agency', window: '7d' },
]
