import type { Match } from '../consultations/match-drafts.ts'
import { type Act, type Place, Refused } from './act.ts'

/**
 * Of one draft: it was brought; or what became of the provisions of the one before was found right, and it is
 * shown. Each is an act of its own.
 */
export interface Confirmation {
  /** Its code, which is never another's. */
  consultation: string
  draft: number
  at: number
}

type Body<Rest> = Place & Omit<Confirmation, 'at'> & Rest

export type ConfirmationDeed =
  | {
      kind: 'draft.brought'
      /** `hash`: SHA-256 of its provisions by language, as canonical JSON. */
      body: Body<{ languages: string[]; provisions: number; hash: string }>
      texts: Record<never, never>
    }
  | {
      kind: 'draft.confirmed'
      /**
       * `became`: of how many provisions what; null of a first draft. `corrected`: of how many the secretariat decided it
       * otherwise than was proposed; absent: of none.
       */
      body: Body<{ became: Partial<Record<Match['kind'], number>> | null; corrected?: number }>
      texts: Record<never, never>
    }

/** Nothing is done to either after it: comments have gone on with what was matched. */
export function nextConfirmation(
  state: Confirmation | undefined,
  { at, body: { consultation, draft } }: Act<ConfirmationDeed>,
): Confirmation {
  if (state) throw new Refused('done-already', 'It was confirmed already.')
  return { consultation, draft, at }
}
