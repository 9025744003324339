import { z } from 'zod'
import { flagKinds, flagStandings, severities } from '#shared/oversight/flag.ts'
import { parse } from '../http/parse.ts'
import { type Cursor, readCursor } from './cursor.ts'

export const flagSorts = ['newest', 'deadline'] as const
export type FlagSort = (typeof flagSorts)[number]

/** Values between commas. */
const list = <One extends z.ZodType<unknown, string>>(one: One) =>
  z
    .string('is told twice')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(one).min(1, 'must not be empty').max(100, 'must be 100 at most'))
    .optional()

const codes = list(z.string().max(200))

const Query = z.strictObject({
  /** Those that a page shows, to see how they stand. */
  id: list(z.string().regex(/^\d{1,15}$/, 'must be numbers')),
  state: list(z.enum(flagStandings, `must be of ${flagStandings.join(', ')}`)),
  /** Who must answer; `(none)` is the secretariat. */
  agency: codes,
  area: codes,
  category: codes,
  kind: list(z.enum(flagKinds, `must be of ${flagKinds.join(', ')}`)),
  severity: list(z.enum(severities, `must be of ${severities.join(', ')}`)),
  late: z.enum(['true', 'false'], 'must be true or false').optional(),
  /** Of an appointment; or `me`. */
  author: z
    .union([z.literal('me'), z.coerce.number().int().min(1)], 'must be a number, or me')
    .optional(),
  q: z.string('is told twice').trim().min(2, 'must have 2 characters at least').max(200).optional(),
  /** What it is on, as `evidence.on` tells it: then the members are exactly those of the evidence. */
  on: z.string('is told twice').min(1).max(400).optional(),
  sort: z.enum(flagSorts, `must be one of ${flagSorts.join(', ')}`).default('newest'),
  limit: z.coerce.number('must be a number').int().min(1).max(200).default(50),
  after: z.string('is told twice').optional(),
})

export type FlagQuestion = Omit<z.infer<typeof Query>, 'after'> & { after: Cursor | undefined }

/** Throws a 400 that names the parameter. */
export function readFlagQuestion(query: unknown): FlagQuestion {
  const { after, ...told } = parse(Query, { ...(query as object) })
  return { ...told, after: readCursor(after, told.sort) }
}
