import { type Answering, answeringOf } from '#shared/consultations/answering.ts'
import type { ToldReplies, ToldReply } from '#shared/consultations/told-replies.ts'
import type { StripItem } from './strip.ts'

/** Of one of the columns: its own article's answer first, then those to its clauses. */
export function repliesTo(item: StripItem, told: ToldReplies | undefined): ToldReply[] {
  return item.keys.flatMap((key) => told?.replies.find((one) => one.key === key) ?? [])
}

interface Term {
  closesAt: number
  now: number
}

/** How what was said is answered, as the strip counts it: live. */
export function answeringOn(
  items: readonly StripItem[],
  told: ToldReplies,
  { closesAt, now }: Term,
): Answering {
  const all = items.map((item) => ({ comments: item.comments, reply: repliesTo(item, told)[0] }))
  return answeringOf(all, { closesAt, answerBy: told.answerBy, now })
}

/** On which something was said, and which nobody has answered. */
export const unansweredOf = (items: readonly StripItem[], told: ToldReplies): StripItem[] =>
  items.filter(
    (item) => item.comments > 0 && item.kind !== 'rest' && repliesTo(item, told).length === 0,
  )
