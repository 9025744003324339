import {
  answeredIn,
  type Answering,
  answeringOf,
  newestByGroup,
  type SaidOn,
} from '#shared/consultations/answering.ts'
import { articleOf } from '#shared/consultations/article-of.ts'
import type { ToldProvision } from '#shared/consultations/told.ts'
import type { ToldGroup } from '#shared/consultations/told-groups.ts'
import type { ToldReplies, ToldReply } from '#shared/consultations/told-replies.ts'
import { NONE, type ViewState } from '#shared/view.ts'
import { cellsOf, type StripItem } from './strip.ts'

/** Of one of the columns: its own article's answer first, then those to its clauses. */
export function repliesTo(item: StripItem, told: ToldReplies | undefined): ToldReply[] {
  return item.keys.flatMap((key) => told?.replies.find((one) => one.key === key) ?? [])
}

interface Answerable {
  /** By provision. */
  view: ViewState | undefined
  provisions: readonly ToldProvision[]
  told: ToldReplies
}

/** What was said on each provision by its key, live, with the answer that stands to it or to its article. */
export function saidByKey({ view, provisions, told }: Answerable): Map<string, SaidOn> {
  const keyOf = new Map(provisions.map(({ id, key }) => [id, key]))
  const within = new Map(
    provisions.flatMap(({ kind, key, within }) =>
      kind === 'clause' && within !== null ? [[key, keyOf.get(within)] as const] : [],
    ),
  )
  const replyTo = (key: string | undefined) => told.replies.find((one) => one.key === key)
  const said = (view?.rows ?? []).map((row) => {
    const key = row[0] ?? NONE
    const reply = replyTo(key) ?? replyTo(articleOf(key)) ?? replyTo(within.get(key) ?? key)
    const comments = cellsOf(view, row)('commentsPublished')
    return [key, { comments, inGroups: told.inGroups[key] ?? 0, reply }] as const
  })
  return new Map(said)
}

interface Term {
  closesAt: number
  now: number
}

/** How all that was said is answered: as the closing report counts it. */
export function answeringOn(
  said: ReadonlyMap<string, SaidOn>,
  told: ToldReplies,
  { closesAt, now }: Term,
): Answering {
  const letters = newestByGroup(told.replies)
  const all = { provisions: [...said.values()], letters, openLetters: told.openGroups }
  return answeringOf(all, { closesAt, answerBy: told.answerBy, now })
}

/** Comments of one of the columns that are answered, of all that are published there. */
export function answeredOf(
  { keys, comments }: Pick<StripItem, 'keys' | 'comments'>,
  said: ReadonlyMap<string, SaidOn>,
): { value: number | null; hits: number; n: number } {
  const hits = keys.reduce((sum, key) => {
    const one = said.get(key)
    return sum + (one ? answeredIn(one) : 0)
  }, 0)
  return { value: comments === 0 ? null : hits / comments, hits, n: comments }
}

/** Undefined: nothing was said, or it is not known yet. */
export type AnswerMark = 'open' | 'partly' | 'whole' | undefined

export function markOf(item: StripItem, said: ReadonlyMap<string, SaidOn>): AnswerMark {
  const { value } = answeredOf(item, said)
  if (value === null || said.size === 0) return undefined
  if (value === 0) return 'open'
  return value < 1 ? 'partly' : 'whole'
}

/** On which something was said, and which nobody has answered. */
export const unansweredOf = (items: readonly StripItem[], told: ToldReplies): StripItem[] =>
  items.filter((item) => item.comments > 0 && repliesTo(item, told).length === 0)

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
