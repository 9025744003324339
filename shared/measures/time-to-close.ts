import { durations } from './durations.ts'

export const timeToClose = durations(
  {
    code: 12,
    id: 'timeToClose',
    from: (ticket) => ticket.receivedAt,
    to: (ticket) => ticket.closedAt,
  },
  {
    id: 'timeToClose',
    version: 2,
    clock: 'flow',
    countedAt: 'closedAt',
    judge: 'agency',
    formula:
      'half, nine in ten and 99 in 100 were closed for good within p50, p90 and p99 of receipt',
  },
)
