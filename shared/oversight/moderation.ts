import type { WithholdReason } from '../consultations/comment.ts'
import { type Act, type Place, Refused, type Text } from './act.ts'

/**
 * What the secretariat did to one comment. Which one is in the texts of its acts alone: what people say, and the id
 * under which a source knows it, may have to go.
 */
export interface Moderation {
  /** The consultation's code, which is never another's. */
  consultation: string
  /** From the published list; null: published again. */
  reason: WithholdReason | null
  at: number
}

type Body<Rest> = Place & Pick<Moderation, 'consultation'> & Rest

/** `comment` is `SOURCE/ID`; `reason` is everybody's to read. */
export type ModerationDeed =
  | {
      kind: 'comment.withheld'
      body: Body<{ withheldFor: WithholdReason }>
      texts: { comment: Text; reason: Text }
    }
  | {
      kind: 'comment.published'
      body: Body<unknown>
      texts: { comment: Text; reason: Text }
    }

/** Withheld, and published again, in turns; never taken away. Throws `Refused`. */
export function nextModeration(
  state: Moderation | undefined,
  act: Act<ModerationDeed>,
): Moderation {
  const { consultation } = act.body
  const isWithheld = state !== undefined && state.reason !== null
  if (act.kind === 'comment.withheld') {
    if (isWithheld) throw new Refused('done-already', 'It was withheld already.')
    return { consultation, reason: act.body.withheldFor, at: act.at }
  }
  if (!isWithheld) {
    throw new Refused(
      'comment.not-withheld',
      'The secretariat does not withhold it. What its source withholds is the source’s to publish.',
    )
  }
  return { consultation, reason: null, at: act.at }
}
