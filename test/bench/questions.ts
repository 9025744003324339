import type { ViewSpec } from '#shared/view.ts'

const window = '90d'

/** Questions of every kind, all different, about 90 days but for the last: the day that a board opens with. */
export const questions: readonly ViewSpec[] = [
  { measures: ['received', 'closed'], by: 'area', window },
  { measures: ['received', 'closed', 'open'], by: 'day', window },
  { measures: ['received', 'closed'], by: 'hour', window },
  { measures: ['received', 'open', 'overdue', 'onTimeRate'], by: 'agency', window },
  { measures: ['timeToClose', 'timeToRespond'], by: 'category', window },
  { measures: ['received', 'closed', 'onTimeRate', 'timeToClose'], window },
  { measures: ['closedFinal', 'onTimeRateClosed', 'responseRate'], by: 'channel', window },
  { measures: ['timeToClose'], by: 'day', window },
  { measures: ['backlogAge', 'reopenRate', 'excluded'], by: 'language', window },
  {
    measures: ['received', 'closed', 'onTimeRate'],
    by: 'category',
    window,
    filters: { area: ['area-1', 'area-2'] },
  },
  {
    measures: ['received', 'closed', 'open'],
    by: 'day',
    window,
    filters: { agency: ['agency-3'], channel: ['channel-0'] },
  },
  { measures: ['received', 'closed', 'open'], by: 'category', over: 'day', window },
  { measures: ['received', 'onTimeRate'], by: 'area', over: 'hour', window: '24h' },
]
