import type { Match } from '../consultations/match-drafts.ts'
import { type Act, type Place, Refused } from './act.ts'

/** Of one draft: what became of the provisions of the one before was found right, and it is shown. */
export interface Confirmation {
  /** Its code, which is never another's. */
  consultation: string
  draft: number
  at: number
}

export interface ConfirmationDeed {
  kind: 'draft.confirmed'
  /** `became`: of how many provisions what; null of a first draft. */
  body: Place & Omit<Confirmation, 'at'> & { became: Partial<Record<Match['kind'], number>> | null }
  texts: Record<never, never>
}

/** Nothing is done to a confirmation after it: comments have gone on with what was matched. */
export function nextConfirmation(
  state: Confirmation | undefined,
  { at, body: { consultation, draft } }: Act<ConfirmationDeed>,
): Confirmation {
  if (state) throw new Refused('done-already', 'It was confirmed already.')
  return { consultation, draft, at }
}
