import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { flagKinds, severities, sides } from '#shared/oversight/flag.ts'
import { linkKinds } from '#shared/oversight/suggestion.ts'

const stored = (max: number) =>
  z
    .string('is missing')
    .max(max, `must have ${max.toLocaleString('en')} characters at most`)
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim())

const text = stored(10_000).refine((told) => told.length > 0, 'must not be empty')
/** Empty is none. */
const maybeText = stored(10_000)
  .transform((told) => (told === '' ? null : told))
  .nullable()
  .default(null)

const language = z
  .string('is missing')
  .regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/, 'must be a language such as zh-TW')
const maybeLanguage = language.nullable().default(null)

const attachments = z
  .array(z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 digits of a SHA-256'))
  .max(10, 'must be 10 files at most')
  .refine((all) => new Set(all).size === all.length, 'must name each file once')
  .default([])

const link = z.union(
  [
    z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(2000),
    z
      .string()
      .max(2000)
      .regex(/^\/(?![/\\])[^\s\\]*$/),
    // A rule, a clause or a work order, as it is cited.
    z.strictObject({
      kind: z.enum(linkKinds),
      to: stored(500).refine((told) => told.length > 0),
    }),
  ],
  'must be like https://… or a path such as /tickets/…',
)
const links = z.array(link).max(20, 'must be 20 links at most').default([])

/** Of the state that the form showed; without it the act is done whatever was done meanwhile. */
const version = z.int().min(1).optional()

export const Opened = z.strictObject({
  /** What the evidence is of: `shared/oversight/evidence.ts` has its shape. */
  claim: z.unknown().refine((claim) => claim !== undefined, 'is missing'),
  kind: z.enum(flagKinds, `must be one of ${flagKinds.join(', ')}`),
  severity: z.enum(severities, `must be one of ${severities.join(', ')}`).default('normal'),
  text,
  language,
  attachments,
})

const answer = {
  text,
  /** What was done. */
  done: maybeText,
  links,
  attachments,
  template: z.int().min(1).nullable().default(null),
  language: maybeLanguage,
}
export const Answered = z.strictObject({ ...answer, version })
export const AnsweredMany = z.strictObject({
  ...answer,
  flags: z
    .array(z.strictObject({ id: z.int().min(1), version }))
    .min(1, 'must name one at least')
    .max(200, 'must be 200 at most')
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must name each once'),
})

export const OnlyVersion = z.strictObject({ version })
export const WithReason = z.strictObject({ reason: text, version })
export const Accepted = z.strictObject({ text: maybeText, version })
export const Settled = z.strictObject({
  for: z.enum(sides, `must be one of ${sides.join(', ')}`),
  text,
  version,
})
export const Transferred = z.strictObject({
  /** The agency's code; null is the secretariat. */
  to: z.string('must be the code of an agency, or null for the secretariat').max(200).nullable(),
  reason: text,
  version,
})
export const Joined = z.strictObject({ text: maybeText, language: maybeLanguage, version })
export const Noted = z.strictObject({ text, language: maybeLanguage, attachments, version })
export const Corrected = z.strictObject({
  ticket: z
    .string('is missing')
    .max(400)
    .regex(/^[^/\s]+\/.+$/, 'must be MARK/ID of a ticket')
    .refine(isStorable, 'must not contain NUL or half of a character'),
  text,
  version,
})

const template = {
  name: stored(200).refine((told) => told.length > 0, 'must not be empty'),
  text,
  done: maybeText,
  language,
}
export const TemplateMade = z.strictObject({
  /** A code; null is the secretariat. */
  agency: z
    .string('must be the code of an agency, or null for the secretariat')
    .max(200)
    .nullable(),
  ...template,
})
export const TemplateRevised = z.strictObject({ ...template, version })
