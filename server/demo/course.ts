import { HOUR, MINUTE } from '#shared/time.ts'
import type { Category } from './categories.ts'
import { closeAfter, INSTANT } from './close-after.ts'
import { around, type Random } from './random.ts'
import { behind } from './storm.ts'

/** When what happens to a ticket that an agency works on. */
export interface Course {
  respondedAt: number
  closedAt: number
  /** How many other agencies it lay with before. */
  transfers: number
  reopening: { at: number; closedAt: number } | undefined
  surveyAt: number | undefined
}

interface Job {
  category: Category
  pace: number
  receivedAt: number
}

const RESPONSE_SPREAD = 1.6
const [TRANSFERRED_AGAIN, SURVEYED] = [0.25, 0.15]

export function courseOf(random: Random, job: Job): Course {
  const { category, pace, receivedAt } = job
  const { agency, respondWithin } = category
  const planned = receivedAt + closeAfter(random, category, pace)
  const closedAt = toSecond(behind(random, category, planned))
  const answered = around(random, agency.answersAt * respondWithin * HOUR, RESPONSE_SPREAD)
  const respondedAt = Math.min(toSecond(receivedAt + answered), closedAt)
  const isTransferred = random() < agency.transferred
  const transfers = isTransferred ? 1 + Number(random() < TRANSFERRED_AGAIN) : 0
  const reopening = random() < agency.reopened ? reopen(random, closedAt, category) : undefined
  const isSurveyed = random() < SURVEYED
  const surveyAt = isSurveyed ? ask(random, reopening?.closedAt ?? closedAt) : undefined
  return { respondedAt, closedAt, transfers, reopening, surveyAt }
}

function reopen(random: Random, closedAt: number, { agency, dueWithin }: Category) {
  const at = toSecond(closedAt + around(random, 40 * HOUR, 0.8))
  const again = random() < agency.instant ? INSTANT : dueWithin * 0.4 * HOUR
  return { at, closedAt: toSecond(at + around(random, again, 0.7)) }
}

function ask(random: Random, closedAt: number): number {
  return toSecond(closedAt + MINUTE + around(random, 30 * HOUR, 0.6))
}

/** When the last is said of it. */
export const lastOf = ({ closedAt, reopening, surveyAt }: Course): number =>
  surveyAt ?? reopening?.closedAt ?? closedAt

export const toSecond = (at: number): number => Math.ceil(at / 1000) * 1000
