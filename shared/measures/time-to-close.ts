import { minuteOf } from '../time.ts'
import { binOf, quantile } from './duration-bins.ts'
import type { Measure } from './measure.ts'
import type { Part } from './part.ts'

const timeToClosePart: Part = {
  code: 12,
  id: 'timeToClose',
  kind: 'flow',
  hasBins: true,
  contribute({ closedAt, receivedAt }, add) {
    if (closedAt === null || closedAt < receivedAt) return
    add(timeToClosePart, minuteOf(closedAt), 1, binOf(closedAt - receivedAt))
  },
}

export const timeToClose: Measure = {
  id: 'timeToClose',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  formula: 'half, nine in ten and 99 in 100 were closed within p50, p90 and p99 of receipt',
  parts: [timeToClosePart],
  fields: [
    { name: 'p50', unit: 'seconds' },
    { name: 'p90', unit: 'seconds' },
    { name: 'p99', unit: 'seconds' },
    { name: 'n', unit: 'tickets' },
  ],
  compute(sums) {
    const histogram = sums.histogram(timeToClosePart)
    const n = sums.sum(timeToClosePart)
    return [quantile(histogram, 0.5), quantile(histogram, 0.9), quantile(histogram, 0.99), n]
  },
}
