import { z } from 'zod'
import { isStorable } from '../events.ts'
import { dimensions } from '../ticket.ts'

/* What claims and evidence of every kind are made of. */

/** Lowercase hex of a SHA-256. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 digits of a SHA-256')

const seq = z.int().min(0)
/** UTC minutes since 1970. */
export const At = z.tuple([seq, z.int().min(0)])
const cell = z.number().nullable()
export const stored = (max: number) =>
  z.string().min(1).max(max).refine(isStorable, 'must not contain NUL or half of a character')
export const picture = Hash.optional()

/** By the measure's fields: `value`, `numerator`, `n` … */
export const Fields = z.record(z.string().max(50), cell)
export type Fields = z.infer<typeof Fields>

export const Window = z.strictObject({ start: z.string(), end: z.string() })
export type Window = z.infer<typeof Window>

export const frozen = {
  form: z.literal(1),
  demonstration: z.boolean(),
  at: At,
  /** By the deployment's clock, as ISO text. */
  asOf: z.string(),
  /** Null before the first row of the journal. */
  policyVersion: z.int().nullable(),
  contributionsVersion: z.int(),
  /** Of the attachment that the page drew; what it shows, the page says. */
  picture: Hash.nullable(),
  /** What opened members were called then: names change. */
  members: z.array(
    z.strictObject({
      dimension: z.enum(dimensions),
      code: z.string(),
      names: z.record(z.string(), z.string()),
    }),
  ),
}
