import { type Policy, weekdays, type WorkingCalendar } from '#shared/policy.ts'
import { type WorkingTime, workingTimeOf } from './working-time.ts'

/** Of a city that has not said when it works: whole days, Monday to Friday. */
const plainWeek: WorkingCalendar = {
  week: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, ['00:00-24:00']])),
  holidays: [],
  extraWorkingDays: [],
}

/** Kept for as long as a policy is: working time remembers what it has worked out. */
const known = new WeakMap<Policy, WorkingTime>()

/** In which offices answer: what flags and suggestions are due by. */
export function officeTimeOf(policy: Policy): WorkingTime {
  const working =
    known.get(policy) ?? workingTimeOf(policy.workingCalendar ?? plainWeek, policy.timeZone)
  known.set(policy, working)
  return working
}
