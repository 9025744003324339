import { type Policy, usualSuggestionDays } from '#shared/policy.ts'
import { officeTimeOf } from '../policies/office-time.ts'

/** When work ends on the last day of each, both counted from the local day of `at`. */
export function deadlinesOf(at: number, policy: Policy): { reviewBy: number; decideBy: number } {
  const { suggestionDays = usualSuggestionDays } = policy
  const working = officeTimeOf(policy)
  return {
    reviewBy: working.afterDays(at, suggestionDays.review),
    decideBy: working.afterDays(at, suggestionDays.decision),
  }
}
