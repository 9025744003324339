import { durations } from './durations.ts'

export const timeToRespond = durations(
  {
    code: 21,
    id: 'timeToRespond',
    from: (ticket) => ticket.receivedAt,
    to: (ticket) => ticket.respondedAt,
  },
  {
    id: 'timeToRespond',
    version: 2,
    clock: 'flow',
    countedAt: 'respondedAt',
    judge: 'agency',
    formula: 'half, nine in ten and 99 in 100 were answered within p50, p90 and p99 of receipt',
  },
)
