import type { Severity } from '#shared/oversight/flag.ts'
import { type FlagDays, type Policy, usualFlagDays, type WorkingCalendar } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import type { PolicyVersion } from '../policies/queries.ts'
import { type WorkingTime, workingTimeOf } from '../policies/working-time.ts'
import { clockOf } from './queries.ts'

/** What deadlines are reckoned from: the policy that holds, and the clock by which acts are dated. */
export interface Reckoning {
  policyVersion: number
  now: number
  working: WorkingTime
  days: FlagDays
}

/** Of a city that has not said when it works. */
const plainWeek: WorkingCalendar = {
  week: {
    monday: ['00:00-24:00'],
    tuesday: ['00:00-24:00'],
    wednesday: ['00:00-24:00'],
    thursday: ['00:00-24:00'],
    friday: ['00:00-24:00'],
  },
  holidays: [],
  extraWorkingDays: [],
}

/** Working time is kept for as long as a policy is: it remembers what it has worked out. */
const known = new WeakMap<Policy, WorkingTime>()

export async function reckoningOf(db: Db, { policy, version }: PolicyVersion): Promise<Reckoning> {
  const working =
    known.get(policy) ?? workingTimeOf(policy.workingCalendar ?? plainWeek, policy.timeZone)
  known.set(policy, working)
  const days = policy.flagDays ?? usualFlagDays
  return { policyVersion: version, now: await clockOf(db), working, days }
}

/** The deadlines of a flag that is opened now. */
export function firstDeadlines(
  { working, now, days, policyVersion }: Reckoning,
  severity: Severity,
) {
  return {
    acknowledgeBy: working.afterDays(now, days.acknowledge),
    answerBy: working.afterDays(now, days[severity]),
    policyVersion,
  }
}

/** For the author's word on an answer that is given now. */
export const wordDeadline = ({ working, now, days, policyVersion }: Reckoning) => ({
  wordBy: working.afterDays(now, days.word),
  policyVersion,
})

/** For the secretariat's word on what is disputed now. */
export const settlementDeadline = (
  { working, now, days, policyVersion }: Reckoning,
  severity: Severity,
) => ({ settleBy: working.afterDays(now, days[severity]), policyVersion })

/** The fewest working days, as deadlines count them, within which it is done when it is done now: 1 at least. */
export function workingDaysSince({ working, now }: Reckoning, from: number): number {
  let [low, high] = [0, 1]
  while (working.afterDays(from, high) < now) [low, high] = [high, 2 * high]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (working.afterDays(from, middle) < now) low = middle
    else high = middle
  }
  return high
}
