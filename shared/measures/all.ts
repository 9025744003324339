import { backlogAge } from './backlog-age.ts'
import { closed } from './closed.ts'
import { closedFinal } from './closed-final.ts'
import { dueSoon } from './due-soon.ts'
import { excluded } from './excluded.ts'
import {
  commentsDistinct,
  commentsPublished,
  commentsReceived,
  commentsWithheld,
  people,
  peopleOfProvision,
  stance,
} from './comments.ts'
import type { Measure } from './measure.ts'
import { onTimeRate } from './on-time-rate.ts'
import { onTimeRateClosed } from './on-time-rate-closed.ts'
import { open } from './open.ts'
import { overdue } from './overdue.ts'
import { overdueByAge } from './overdue-by-age.ts'
import type { Part } from './part.ts'
import { agreement, choice, respondents } from './polls.ts'
import { received } from './received.ts'
import { refused } from './refused.ts'
import { reopened } from './reopened.ts'
import { reopenRate } from './reopen-rate.ts'
import { resolutionAsserted } from './resolution-asserted.ts'
import { resolutionConfirmed } from './resolution-confirmed.ts'
import { resolutionGap } from './resolution-gap.ts'
import { responded } from './responded.ts'
import { responseRate } from './response-rate.ts'
import { satisfactionRate } from './satisfaction-rate.ts'
import { instantCloseShare, surveyCoverage, transferShare } from './share-of-closed.ts'
import { timeToClose } from './time-to-close.ts'
import { timeToRespond } from './time-to-respond.ts'

export const measures = {
  received,
  responded,
  closed,
  reopened,
  closedFinal,
  open,
  overdue,
  dueSoon,
  backlogAge,
  overdueByAge,
  responseRate,
  onTimeRate,
  onTimeRateClosed,
  resolutionAsserted,
  resolutionConfirmed,
  resolutionGap,
  satisfactionRate,
  surveyCoverage,
  timeToRespond,
  timeToClose,
  reopenRate,
  instantCloseShare,
  transferShare,
  excluded,
  refused,
  people,
  peopleOfProvision,
  commentsReceived,
  commentsPublished,
  commentsWithheld,
  commentsDistinct,
  stance,
  respondents,
  choice,
  agreement,
} satisfies Record<string, Measure>

export type MeasureId = keyof typeof measures
export const measureIds = Object.keys(measures) as MeasureId[]

/** Those that count tickets, which alone are told by agency and category. */
export const ticketMeasureIds = measureIds.filter(
  (id) => (measures[id] as Measure).of === undefined,
)

/** Every part of every measure, once, by code. */
export const parts: readonly Part[] = [
  ...new Set(Object.values<Measure>(measures).flatMap((measure) => measure.parts)),
].sort((a, b) => a.code - b.code)
