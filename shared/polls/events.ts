import { z } from 'zod'
import { withholdReasons } from '../consultations/comment.ts'
import { inLanguages, slug } from '../consultations/events.ts'
import { code, instant, longest, optional, text } from '../events.ts'
import { stands } from '../opinions/votes.ts'
import { pollKinds } from './answer.ts'

/*
 * The intake contract of polls: the same route and rules as tickets. An answer and a vote are told apart by
 * who gave them: of one person the highest version counts, whichever source told it, and none that was given when the
 * poll was not open.
 */

/** How choices, questions, groups and statements are called within their poll. */
const part = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.~-]{0,39}$/, 'must be small letters, digits, dots and hyphens, up to 40')

const distinct = (all: readonly { id: string }[]): boolean =>
  new Set(all.map(({ id }) => id)).size === all.length
const TWICE = 'must not hold two of one id'

const Named = z.strictObject({ id: part, texts: inLanguages(300) })

const Question = z
  .strictObject({
    id: part,
    texts: inLanguages(1000),
    /** How many choices one person may choose. */
    most: z.int().min(1).max(50).default(1),
    choices: z.array(Named).min(2).max(50).refine(distinct, TWICE),
  })
  .refine(({ most, choices }) => most <= choices.length, {
    path: ['most'],
    message: 'is more than there are choices',
  })

/** What people say of themselves: age bands, countries, districts. */
const Group = z.strictObject({
  id: part,
  texts: inLanguages(300),
  values: z.array(Named).min(1).max(300).refine(distinct, TWICE),
})

/**
 * One poll: questions with choices, or, of the kind `agreement`, statements that people agree with or not.
 * `isSealed`: what was chosen is counted when the poll closes, and by nobody before. A later version may say it in other
 * words and in more languages; times, questions, choices and groups stay.
 */
export const PollEvent = z
  .strictObject({
    type: z.literal('poll'),
    id: slug,
    version: z.int().min(0),
    kind: z.enum(pollKinds).default('choices'),
    agency: optional(code),
    area: optional(code),
    category: optional(code),
    titles: inLanguages(300),
    summaries: optional(inLanguages(4000)),
    opensAt: instant,
    closesAt: instant,
    isSealed: z.boolean().default(false),
    hasForm: z.boolean().default(true),
    /** Who votes on statements may add some on the form. */
    takesStatements: z.boolean().optional(),
    questions: z.array(Question).max(30).default([]).refine(distinct, TWICE),
    groups: z.array(Group).max(10).default([]).refine(distinct, TWICE),
  })
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, {
    path: ['closesAt'],
    message: 'a poll closes after it opens',
  })
  .refine(({ kind, takesStatements }) => kind === 'agreement' || !takesStatements, {
    path: ['takesStatements'],
    message: 'a poll with questions takes no statements',
  })
  .refine(({ kind, questions }) => (kind === 'choices') === questions.length > 0, {
    path: ['questions'],
    message: 'a poll has questions; one of the kind agreement has statements instead',
  })
export type PollEvent = z.infer<typeof PollEvent>

const person = text(longest.id).min(1)

/** All that one person answers now, by question; nothing at all takes the answer back. */
export const PollResponseEvent = z.strictObject({
  type: z.literal('poll-response'),
  poll: slug,
  person,
  version: z.int().min(0),
  answeredAt: instant,
  answers: z.record(
    part,
    z
      .union([part.transform((one) => [one]), z.array(part).min(1).max(50)])
      .refine((all) => new Set(all).size === all.length, 'must not hold one choice twice'),
  ),
  channel: optional(code),
  area: optional(code),
  groups: z.record(part, part).default({}),
})
export type PollResponseEvent = z.infer<typeof PollResponseEvent>

/** One statement of an agreement poll, as the poll or one of those who vote put it. */
export const StatementEvent = z
  .strictObject({
    type: z.literal('statement'),
    poll: slug,
    id: part,
    version: z.int().min(0),
    receivedAt: instant,
    texts: inLanguages(1000),
    /** It was there when the poll opened. */
    isSeed: z.boolean().default(false),
    /** `waiting`: for the secretariat to decide whether it is published. */
    status: z.enum(['published', 'withheld', 'waiting']).default('published'),
    reason: optional(z.enum(withholdReasons)),
  })
  .refine(({ status, reason }) => (status === 'withheld') === (reason !== null), {
    path: ['reason'],
    message: 'a withheld statement has a reason from the published list, and no other has one',
  })
export type StatementEvent = z.infer<typeof StatementEvent>

/** What one person thinks of one statement now. It may come before the statement. */
export const VoteEvent = z.strictObject({
  type: z.literal('vote'),
  poll: slug,
  statement: part,
  person,
  version: z.int().min(0),
  votedAt: instant,
  vote: z.enum(stands),
})
export type VoteEvent = z.infer<typeof VoteEvent>
