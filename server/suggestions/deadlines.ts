import { type Policy, usualSuggestionDays, type WorkingCalendar } from '#shared/policy.ts'
import { workingTimeOf } from '../policies/working-time.ts'

/** Of a city that has not said when it works. */
const usualWeek: WorkingCalendar = {
  week: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, ['00:00-24:00']]),
  ),
  holidays: [],
  extraWorkingDays: [],
}

/** When work ends on the last day of each, both counted from the local day of `at`. */
export function deadlinesOf(at: number, policy: Policy): { reviewBy: number; decideBy: number } {
  const { workingCalendar, timeZone, suggestionDays = usualSuggestionDays } = policy
  const working = workingTimeOf(workingCalendar ?? usualWeek, timeZone)
  return {
    reviewBy: working.afterDays(at, suggestionDays.review),
    decideBy: working.afterDays(at, suggestionDays.decision),
  }
}
