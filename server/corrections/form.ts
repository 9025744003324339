import { z } from 'zod'
import { code, instant, isStorable, Reopening } from '#shared/events.ts'
import { statuses } from '#shared/ticket.ts'

const member = code.refine((told) => told.length > 0, 'must not be empty')
/** Empty is none. */
const reason = code.transform((told) => told || null).nullable()
const reopenings = z
  .array(Reopening)
  .max(100)
  .nullable()
  .transform((list) => (list?.length ? list : null))

const Fields = z
  .strictObject({
    status: z.enum(statuses),
    respondedAt: instant.nullable(),
    closedAt: instant.nullable(),
    closeReason: reason,
    reopenings,
    agency: member,
    area: member,
    category: member,
    channel: member,
    language: member,
  })
  .partial()
export type Fields = z.infer<typeof Fields>

/** Times as ISO text, members by code; `from` is what the person saw of each field that `to` corrects. */
export const CorrectionForm = z.strictObject({
  from: Fields,
  to: Fields,
  reason: z
    .string('is missing')
    .max(10_000, 'must have 10,000 characters at most')
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, 'must not be empty'),
  /** The flag that it answers, and its version as it was seen. */
  flag: z.int().min(1).nullable().default(null),
  version: z.int().min(1).optional(),
})
export type CorrectionForm = z.infer<typeof CorrectionForm>
