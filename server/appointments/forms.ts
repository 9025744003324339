import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import { roles } from '#shared/oversight/act.ts'
import type { Jurisdiction } from '#shared/oversight/appointment.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'

const line = (max: number) =>
  z
    .string('is missing')
    .max(max, `must have ${max} characters at most`)
    .refine(isStorable, 'must not contain NUL or half of a character')
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, 'must not be empty')

const date = z.iso.date('must be a date such as 2026-12-25')
const codes = z.array(z.string().max(200)).min(1, 'must name one at least, or be null for any')

/** Of the state that the form showed; without it the act is done whatever was done meanwhile. */
const version = z.int().min(1).optional()

export const Made = z
  .strictObject({
    person: line(200),
    role: z.enum(roles, `must be one of ${roles.join(', ')}`),
    /** As the public is told it; of an observer a proposal, until they choose. */
    name: line(200),
    isPseudonym: z.boolean().default(false),
    title: line(200),
    appointingBody: line(200),
    instrument: line(200),
    from: date,
    until: date.nullable(),
    jurisdiction: z.strictObject({
      agencies: codes.nullable(),
      areas: codes.nullable(),
      categories: codes.nullable(),
    }),
    languages: z
      .array(
        z.string().regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/, 'must be a language such as zh-TW'),
      )
      .max(50),
  })
  .refine(({ from, until }) => until === null || from <= until, {
    path: ['until'],
    error: 'must not be before the term begins',
  })
  .refine(({ role, until }) => role !== 'observer' || until !== null, {
    path: ['until'],
    error: 'must be a date: the term of an observer has an end',
  })

export const AppointmentId = z.coerce
  .number('is a number')
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)

export const Renewed = z.strictObject({
  until: date,
  instrument: line(200),
  reason: line(2000),
  version,
})
export const Named = z.strictObject({ name: line(200), isPseudonym: z.boolean(), version })
export const WithReason = z.strictObject({ reason: line(2000), version })

const dimensionOf = { agencies: 'agency', areas: 'area', categories: 'category' } as const

/** Codes become the members they mean; throws a 400 that names the one that is unknown. */
export function jurisdictionOf(
  told: z.infer<typeof Made>['jurisdiction'],
  directory: Directory,
): Jurisdiction {
  const idsOf = (name: keyof Jurisdiction) =>
    told[name]?.map((code, place) => {
      const id = directory.find(dimensionOf[name], code)
      if (id) return id
      const path = `jurisdiction.${name}.${place}`
      throw new HttpError(400, `There is no ${dimensionOf[name]} called ${code}.`, {
        path,
        code: 'unknown-name',
      })
    }) ?? null
  return { agencies: idsOf('agencies'), areas: idsOf('areas'), categories: idsOf('categories') }
}

/** The members by the codes that hold now; those that were merged into one are one. */
export function codesOf(jurisdiction: Jurisdiction, directory: Directory) {
  const codes = (ids: number[] | null) =>
    ids && [...new Set(ids.map((id) => directory.codeOf(directory.rootOf(id))))]
  const { agencies, areas, categories } = jurisdiction
  return { agencies: codes(agencies), areas: codes(areas), categories: codes(categories) }
}
