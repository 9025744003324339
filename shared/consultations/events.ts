import { z } from 'zod'
import { code, instant, longest, optional, text } from '../events.ts'
import { speakers, stances, withholdReasons } from './comment.ts'
import { differenceIn } from './one-outline.ts'
import { DraftError, readDraft } from './read-draft.ts'

/*
 * The intake contract of consultations and their comments: the same route and rules as tickets. Each
 * event carries the whole state under the source's own id and a version that only grows.
 */

/** A consultation's own name in addresses; a draft's provisions are named under it. */
export const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters and digits between single hyphens')

const provisionId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.~-]{0,39}$/, 'must be a provision’s id, such as 9, 9a, 9.2 or c3')

const MAX_DRAFTS = 50
const draftNumber = z.int().min(1).max(MAX_DRAFTS)

const longestSaid = 10_000

/**
 * One comment. `provision` is its id in the draft that `draft` numbers; without it the comment is on the
 * whole draft. It came between the opening and the closing of its consultation, or is refused; of what came before
 * the consultation was told, the rest counts nowhere. `person` is a pseudonym, the same for one person whichever source tells it.
 */
export const CommentEvent = z
  .strictObject({
    type: z.literal('comment'),
    id: text(longest.id).min(1),
    version: z.int().min(0),
    consultation: slug,
    draft: draftNumber.default(1),
    provision: optional(provisionId),
    receivedAt: instant,
    stance: optional(z.enum(stances)),
    text: text(longestSaid).min(1),
    proposal: optional(text(longestSaid)),
    language: optional(code),
    channel: optional(code),
    area: optional(code),
    person: optional(text(longest.id).min(1)),
    speaker: z.enum(speakers).default('person'),
    /** Its name, published with what it says. */
    organisation: text(200).min(1).optional(),
    status: z.enum(['published', 'withheld']).default('published'),
    reason: optional(z.enum(withholdReasons)),
  })
  .superRefine(({ status, reason, speaker, organisation }, context) => {
    if (organisation !== undefined && speaker !== 'organisation') {
      const message = 'only who speaks as an organisation has the name of one'
      context.addIssue({ code: 'custom', path: ['organisation'], message })
    }
    if ((status === 'withheld') === (reason !== null)) return
    const message =
      status === 'withheld'
        ? 'a withheld comment needs its reason, from the published list'
        : 'a published comment has no reason to be withheld'
    context.addIssue({ code: 'custom', path: ['reason'], message })
  })
export type CommentEvent = z.infer<typeof CommentEvent>

const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a BCP 47 language')
export const inLanguages = (most: number) =>
  z.record(language, text(most).min(1)).refine((all) => {
    const count = Object.keys(all).length
    return count >= 1 && count <= 20
  }, 'must say it in 1 to 20 languages')

const Draft = z.strictObject({
  number: draftNumber,
  publishedAt: instant,
  texts: z
    .record(language, z.string())
    .refine((texts) => Object.keys(texts).length > 0, 'must hold the draft in one language or more')
    .transform((texts, context) => {
      const issue = (name: string, message: string) =>
        context.addIssue({ code: 'custom', path: [name], message })
      const read = Object.entries(texts).map(
        ([name, written]) => [name, provisionsOf(written, (why) => issue(name, why))] as const,
      )
      const provisions = Object.fromEntries(read)
      // One that cannot be read has said so already.
      const difference = read.every(([, all]) => all.length > 0) && differenceIn(provisions)
      if (difference) issue(difference.language, difference.message)
      return provisions
    }),
})

/** A draft that the secretariat brings itself: the next of its consultation; without a date, published now. */
export const BroughtDraft = z.strictObject({
  publishedAt: instant.optional(),
  texts: Draft.shape.texts,
})
export type BroughtDraft = z.infer<typeof BroughtDraft>

/**
 * One consultation. Of `drafts`, those that were told before may be left out; a number that comes again
 * with another text is refused: a changed draft is a new one. Like every event it has 64 kB at most, and its drafts with
 * it: a longer one the secretariat brings as a file.
 */
export const ConsultationEvent = z
  .strictObject({
    type: z.literal('consultation'),
    id: slug,
    version: z.int().min(0),
    agency: optional(code),
    area: optional(code),
    category: optional(code),
    titles: inLanguages(300),
    summaries: optional(inLanguages(4000)),
    opensAt: instant,
    closesAt: instant,
    hasForm: z.boolean().default(true),
    drafts: z.array(Draft).max(MAX_DRAFTS).default([]),
    outcome: optional(
      z.strictObject({
        adoptedAt: instant,
        laws: inLanguages(300),
        /** The number of the draft that became it; where none is told, the newest that was published by then. */
        draft: draftNumber.optional(),
        url: optional(z.url({ protocol: /^https?$/ }).max(2000)),
      }),
    ),
  })
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, {
    path: ['closesAt'],
    message: 'a consultation closes after it opens',
  })
export type ConsultationEvent = z.infer<typeof ConsultationEvent>

function provisionsOf(written: string, fault: (message: string) => void) {
  try {
    return readDraft(written)
  } catch (error) {
    if (!(error instanceof DraftError)) throw error
    fault(`line ${error.line} ${error.message}`)
    return []
  }
}
