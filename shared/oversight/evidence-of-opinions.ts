import { z } from 'zod'
import { answerMeasureIds } from '../consultations/answer-measures.ts'
import { At, Fields, frozen, Hash, picture, stored, Window } from './frozen.ts'

/*
 * Evidence of what people say: of a provision of a draft with all its clauses, of comments that are nearly the same,
 * of how a draft is answered, and of a poll. Which tallies of a poll there are to freeze, its seal says first.
 */

const count = z.int().min(0)
const code = stored(200)
const texts = z.record(z.string(), z.string())

/** Of published comments. */
const Counts = z.strictObject({ comments: count, support: count, oppose: count, amend: count })

export const ProvisionClaim = z.strictObject({
  kind: z.literal('provision'),
  consultation: code,
  /** The key of a provision, an article counted with its clauses; `(none)`: what is said on the whole draft. */
  provision: code,
  /** The number of the draft in which the page showed it; null: in none. */
  draft: count.nullable(),
  at: At,
  saw: Counts,
  picture,
})

export const CommentGroupClaim = z.strictObject({
  kind: z.literal('comment-group'),
  consultation: code,
  id: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  /** The row of the journal up to which comments were grouped when the page was told of it. */
  at: At,
  saw: z.strictObject({ comments: count }),
  picture,
})

export const AnsweringClaim = z.strictObject({
  kind: z.literal('answering'),
  consultation: code,
  measure: z.enum(answerMeasureIds),
  at: At,
  saw: Fields.refine((fields) => Object.keys(fields).length > 0, 'must hold a field'),
  picture,
})

export const PollClaim = z.strictObject({
  kind: z.literal('poll'),
  poll: code,
  /** One question; null: all that is counted of the poll. */
  question: stored(40).nullable().default(null),
  at: At,
  /** By the key of a row of the view: how many chose it, or agree. */
  saw: z.record(z.string().max(300), count),
  picture,
})

/** By measure, the version of the definition by which it was counted. */
const definitions = z.record(z.string(), z.int())
const basis = z.enum(['past', 'recounted'])

const Words = z.strictObject({
  id: z.string(),
  label: z.string(),
  heading: z.string(),
  text: z.string(),
})

export const FrozenProvision = z.strictObject({
  kind: z.literal('provision'),
  ...frozen,
  consultation: z.string(),
  titles: texts,
  provision: z.string(),
  draft: z.int().nullable(),
  /** As the draft reads, by language: the article first, then its clauses. Empty of the whole draft, and of what is in none. */
  texts: z.record(z.string(), z.array(Words)),
  /** Its rows: the article and its clauses. */
  keys: z.array(z.string()),
  window: Window,
  basis,
  definitions,
  counts: Counts,
  saw: Counts,
})

/** SHA-256 of a salt and a text in UTF-8, as acts commit to theirs. */
const Committed = z.strictObject({ commitment: Hash })

export const FrozenCommentGroup = z.strictObject({
  kind: z.literal('comment-group'),
  ...frozen,
  consultation: z.string(),
  titles: texts,
  id: z.int(),
  /** What the first is about. */
  provision: z.string(),
  /** Published comments, and different texts among them. */
  comments: z.int(),
  wordings: z.int(),
  firstAt: z.string(),
  lastAt: z.string(),
  /** Of `commentsDistinct`: what nearly the same is. */
  definitions,
  /** What most of them say. Its words are only committed to, since moderation may withhold them. */
  representative: z.strictObject({
    comments: z.int(),
    language: z.string().nullable(),
    text: Committed,
    proposal: Committed.nullable(),
  }),
  saw: z.strictObject({ comments: z.int() }),
})

/**
 * What officials answered is known as it stands, so that no moment of the past is counted again: `at` and `asOf` are
 * when the server counted it, a moment before or after what the page showed.
 */
export const FrozenAnswering = z.strictObject({
  kind: z.literal('answering'),
  ...frozen,
  consultation: z.string(),
  titles: texts,
  measure: z.enum(answerMeasureIds),
  /** Of the measure. */
  definitionVersion: z.int(),
  fields: Fields,
  saw: Fields,
})

/** A choice of a question or a statement of an agreement poll, with what was counted of it. */
const Tally = z.strictObject({
  key: z.string(),
  /** Of a choice; what people wrote as statements is not frozen. */
  texts: texts.nullable(),
  fields: Fields,
  /** Of the share: Wilson, 95 %; null of nothing. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
})
export type Tally = z.infer<typeof Tally>

export const FrozenPoll = z.strictObject({
  kind: z.literal('poll'),
  ...frozen,
  poll: z.string(),
  titles: texts,
  question: z.string().nullable(),
  /** What the question asks. */
  asks: texts.nullable(),
  measure: z.enum(['choice', 'agreement']),
  window: Window,
  basis,
  definitions,
  tallies: z.array(Tally),
  saw: z.record(z.string(), z.int()),
})

export type ProvisionNow = Pick<z.infer<typeof FrozenProvision>, 'counts' | 'draft'>
export type CommentGroupNow = Pick<z.infer<typeof FrozenCommentGroup>, 'id' | 'comments'>
export type AnsweringNow = Pick<z.infer<typeof FrozenAnswering>, 'fields' | 'definitionVersion'>
export type PollNow = Pick<z.infer<typeof FrozenPoll>, 'tallies'>
