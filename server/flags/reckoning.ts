import type { Severity } from '#shared/oversight/flag.ts'
import { type FlagDays, usualFlagDays } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import { officeTimeOf } from '../policies/office-time.ts'
import type { PolicyVersion } from '../policies/queries.ts'
import type { WorkingTime } from '../policies/working-time.ts'
import { clockOf } from './queries.ts'

/** What deadlines are reckoned from: the policy that holds, and the clock by which acts are dated. */
export interface Reckoning {
  policyVersion: number
  now: number
  working: WorkingTime
  days: FlagDays
}

export async function reckoningOf(db: Db, { policy, version }: PolicyVersion): Promise<Reckoning> {
  const working = officeTimeOf(policy)
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
