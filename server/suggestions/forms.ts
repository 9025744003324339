import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import type { Place } from '#shared/oversight/act.ts'
import { linkKinds, targets } from '#shared/oversight/suggestion.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'

const words = (max: number) =>
  z
    .string('is missing')
    .max(max, `must have ${max} characters at most`)
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, 'must not be empty')

const code = z.string().max(200).nullable().default(null)
const hashes = z
  .array(z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 digits of a SHA-256'))
  .max(10, 'must name 10 at most')
  .refine((all) => new Set(all).size === all.length, 'must name each once')
  .default([])
/** Of what pages show, to be frozen. */
const claims = z.array(z.unknown()).max(5, 'must name 5 at most').default([])
const links = z
  .array(
    z.strictObject({
      kind: z.enum(linkKinds, `must be one of ${linkKinds.join(', ')}`),
      to: words(500),
    }),
  )
  .max(20, 'must name 20 at most')

/** Of the state that the form showed; without it the act is done whatever was done meanwhile. */
const version = z.int().min(1).optional()

export const Submitted = z.strictObject({
  target: z.enum(targets, `must be one of ${targets.join(', ')}`),
  title: words(200),
  text: words(10_000),
  why: words(10_000),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/, 'must be a language such as zh-TW'),
  agency: code,
  area: code,
  category: code,
  claims,
  evidence: hashes,
  flags: z
    .array(z.int().min(1))
    .max(20, 'must name 20 at most')
    .refine((all) => new Set(all).size === all.length, 'must name each once')
    .default([]),
  attachments: hashes,
})

export const Plain = z.strictObject({ version })
export const WithReason = z.strictObject({ reason: words(10_000), version })
export const Decided = z.strictObject({
  reason: words(10_000),
  links: links.default([]),
  version,
})
export const Implemented = z.strictObject({
  reason: words(10_000),
  links: links.min(1, 'must name what changed: a clause, a rule or a work order'),
  claims,
  evidence: hashes,
  attachments: hashes,
  version,
})
export const Endorsed = z.strictObject({ note: words(2000).nullable().default(null), version })
export const Transferred = z.strictObject({
  agency: z.string('is missing').max(200).nullable(),
  reason: words(10_000),
  version,
})

const dimensions = ['agency', 'area', 'category'] as const

/** Codes become the members they mean; throws a 400 that names the one that is unknown. */
export function placeIn(
  told: Readonly<Record<(typeof dimensions)[number], string | null>>,
  directory: Directory,
): Place {
  const [agency, area, category] = dimensions.map((name) => memberIn(name, told[name], directory))
  return { agency: agency!, area: area!, category: category! }
}

export function memberIn(
  name: (typeof dimensions)[number],
  code: string | null,
  directory: Directory,
): number | null {
  if (code === null) return null
  const id = directory.find(name, code)
  if (id) return id
  throw new HttpError(400, `There is no ${name} called ${code}.`, {
    path: name,
    code: 'unknown-name',
  })
}
