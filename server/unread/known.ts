import { z } from 'zod'
import { MOST, type Unread } from '#shared/unread.ts'

const Seq = z.int().min(0)
/** `flag:12`. */
const Subject = z.string().regex(/^[a-z]{1,20}:\d{1,16}$/, 'is no subject')
const Kind = z.string().regex(/^[a-z.-]{1,60}$/, 'is no kind')
const Mark = z.string().regex(/^[0-9a-f]{0,16}$/, 'is no mark')
const Told = z.strictObject({
  seq: Seq,
  subject: Subject,
  kind: Kind,
  why: z.enum(['own', 'agency']),
})

/** What a device may say that it knows. */
export const Known = z.strictObject({
  past: Seq,
  at: z.strictObject({ seq: Seq, mark: Mark }).nullable(),
  told: z.array(Told).max(MOST),
  read: z
    .record(Subject, Seq)
    .refine((read) => Object.keys(read).length <= MOST, `${MOST} at most`),
  readUpTo: Seq,
  looked: Seq,
}) satisfies z.ZodType<Unread>
