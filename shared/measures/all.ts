import { closed } from './closed.ts'
import { closedFinal } from './closed-final.ts'
import { excluded } from './excluded.ts'
import type { Measure } from './measure.ts'
import { onTimeRate } from './on-time-rate.ts'
import { onTimeRateClosed } from './on-time-rate-closed.ts'
import { open } from './open.ts'
import { overdue } from './overdue.ts'
import type { Part } from './part.ts'
import { received } from './received.ts'
import { refused } from './refused.ts'
import { reopened } from './reopened.ts'
import { responded } from './responded.ts'
import { timeToClose } from './time-to-close.ts'

export const measures = {
  received,
  responded,
  closed,
  reopened,
  open,
  overdue,
  closedFinal,
  onTimeRate,
  onTimeRateClosed,
  timeToClose,
  excluded,
  refused,
} satisfies Record<string, Measure>

export type MeasureId = keyof typeof measures
export const measureIds = Object.keys(measures) as MeasureId[]

/** Every part of every measure, once, by code. */
export const parts: readonly Part[] = [
  ...new Set(Object.values<Measure>(measures).flatMap((measure) => measure.parts)),
].sort((a, b) => a.code - b.code)
