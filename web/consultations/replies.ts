import { type Answering, answeringOf, newestByGroup } from '#shared/consultations/answering.ts'
import type { ToldGroup } from '#shared/consultations/told-groups.ts'
import type { ToldReplies, ToldReply } from '#shared/consultations/told-replies.ts'
import { NONE } from '#shared/view.ts'
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
  const all = items.map((item) => ({
    comments: item.comments,
    inGroups: item.keys.reduce((sum, key) => sum + (told.inGroups[key] ?? 0), 0),
    reply: repliesTo(item, told)[0],
  }))
  const letters = newestByGroup(told.replies).map((reply) => ({ comments: 0, reply }))
  return answeringOf([...all, ...letters], { closesAt, answerBy: told.answerBy, now })
}

/** On which something was said, and which nobody has answered. */
export const unansweredOf = (items: readonly StripItem[], told: ToldReplies): StripItem[] =>
  items.filter(
    (item) => item.comments > 0 && item.kind !== 'rest' && repliesTo(item, told).length === 0,
  )

/** To a group itself, or to what it is on, where that is answered and the group is not. */
export function replyToGroup(
  { id, provision }: Pick<ToldGroup, 'id' | 'provision'>,
  { told, items }: { told: ToldReplies | undefined; items: readonly StripItem[] },
): { reply: ToldReply; isOwn: boolean } | undefined {
  const own = told?.replies.find(({ group }) => group === id)
  if (own) return { reply: own, isOwn: true }
  const key = provision ?? NONE
  const article = items.find(({ keys }) => keys.includes(key))?.keys[0]
  const reply =
    told?.replies.find((one) => one.key === key) ?? told?.replies.find((one) => one.key === article)
  return reply && { reply, isOwn: false }
}
