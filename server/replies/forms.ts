import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { replyVerdicts } from '#shared/oversight/reply.ts'

const text = z
  .string('is missing')
  .max(10_000, 'must have 10,000 characters at most')
  .refine(isStorable, 'must not contain NUL or half of a character')
  .transform((told) => told.trim())
  .refine((told) => told.length > 0, 'must not be empty')

const key = z
  .string('must be the key of a provision')
  .min(1)
  .max(200)
  .refine(isStorable, 'must not contain NUL or half of a character')

/** Of the answer that the form showed; none where it showed none. */
const version = z.int().min(1).optional()

const ofProvision = z.strictObject({ provision: key, version })
const ofGroup = z.strictObject({
  group: z.int('must be the number of a group').min(1).max(Number.MAX_SAFE_INTEGER),
  version,
})
const about = z.union([ofProvision, ofGroup], 'must name a provision or a group')

const answer = {
  verdict: z.enum(replyVerdicts, `must be one of ${replyVerdicts.join(', ')}`),
  text,
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/, 'must be a language such as zh-TW')
    .nullable()
    .default(null),
  /** Keys of clauses that changed by it; where none is told, those of the newest draft that did. */
  clauses: z.array(key).max(20, 'must be 20 at most').optional(),
}

export const Answered = z.strictObject({ about, ...answer })
export const AnsweredMany = z.strictObject({
  about: z
    .array(about)
    .min(1, 'must name one at least')
    .max(200, 'must be 200 at most')
    .refine((all) => new Set(all.map(nameOf)).size === all.length, {
      error: 'must name each once',
    }),
  ...answer,
})
export type Answered = z.infer<typeof Answered>
export type Target = Answered['about']

/** No two targets of one form are called alike. */
export function nameOf(target: Target): string {
  return 'group' in target ? `group:${target.group}` : target.provision
}
