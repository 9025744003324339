import { usualConsultationDays } from '#shared/policy.ts'
import type { PolicyVersion } from '../policies/queries.ts'
import { officeTimeOf } from '../policies/office-time.ts'

/** Until when all that was said is to be answered, in working days after it closed. */
export function answerBy(closesAt: number, { policy }: Pick<PolicyVersion, 'policy'>): number {
  return officeTimeOf(policy).afterDays(closesAt, policy.consultationDays ?? usualConsultationDays)
}
