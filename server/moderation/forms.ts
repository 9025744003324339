import { z } from 'zod'
import { withholdReasons } from '#shared/consultations/comment.ts'
import { isStorable } from '#shared/events.ts'
import type { CommentKey } from '../consultations/queries.ts'

const key = z
  .string('must be the key of a comment')
  .max(220)
  .regex(/^\d{1,9}\/./s, 'must be the key of a comment')
  .refine(isStorable, 'must not contain NUL or half of a character')

const comments = z
  .array(key)
  .min(1, 'must name one at least')
  .max(200, 'must be 200 at most')
  .refine((all) => new Set(all).size === all.length, 'must name each once')

const text = z
  .string()
  .max(2000, 'must have 2000 characters at most')
  .refine(isStorable, 'must not contain NUL or half of a character')
  .transform((told) => told.trim())

const withheld = {
  withheldFor: z.enum(withholdReasons, `must be one of ${withholdReasons.join(', ')}`),
  /** Empty is none. */
  reason: text
    .transform((told) => told || null)
    .nullable()
    .default(null),
}
const published = { reason: text.refine((told) => told.length > 0, 'must not be empty') }

export const Withheld = z.strictObject({ comment: key, ...withheld })
export const WithheldMany = z.strictObject({ comments, ...withheld })
export const Published = z.strictObject({ comment: key, ...published })
export const PublishedMany = z.strictObject({ comments, ...published })

/** Of a comment, as the list for the secretariat names it. */
export function commentKey(named: string): CommentKey {
  const at = named.indexOf('/')
  return { sourceId: Number(named.slice(0, at)), id: named.slice(at + 1) }
}
