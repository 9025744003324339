import { z } from 'zod'
import { precisions, statuses } from '#shared/ticket.ts'
import { formatProblem } from './time-format.ts'

/*
 * How the rows of one city's files become tickets: see mappings/README.md, which says the same in
 * words for whoever writes one.
 */

const column = z.string().min(1).max(500)

/** Exactly one of these says where the text of a field comes from. */
const origin = {
  column: column.optional(),
  /** Joined by a space: a date and a time in two columns. */
  joined: z.array(column).min(2).optional(),
  /** The first of these that is not blank. */
  firstOf: z.array(column).min(2).optional(),
  /** The same for every row. */
  value: z.string().min(1).max(200).optional(),
}

/** A name alone is short for `{"column": name}`. */
const field = <S extends z.core.$ZodLooseShape>(more: S) =>
  z.preprocess(
    (said) => (typeof said === 'string' ? { column: said } : said),
    z
      .strictObject({ ...origin, ...more }, 'is a column’s name or an object')
      .refine(hasOneOrigin, 'needs exactly one of column, joined, firstOf, value'),
  )

const plain = field({})
const coded = field({ table: z.string().optional() })
const time = field({
  /** A later time stands for "some day" and is lowered to this one, an ISO 8601 local time. */
  latest: z.iso.datetime({ local: true, error: 'looks like 2030-12-31T00:00:00' }).optional(),
})

const Fields = z.strictObject({
  id: plain,
  version: plain.optional(),
  receivedAt: time,
  respondedAt: time.optional(),
  dueAt: time.optional(),
  closedAt: time.optional(),
  /** Of use only to the version: when the row last changed. */
  updatedAt: time.optional(),
  agency: coded.optional(),
  area: coded.optional(),
  category: coded.optional(),
  channel: coded.optional(),
  language: coded.optional(),
  closeReason: coded.optional(),
  lat: plain.optional(),
  lon: plain.optional(),
  summary: plain.optional(),
  duplicateOf: plain.optional(),
  transfers: plain.optional(),
  surveyAt: time.optional(),
  surveyResolved: coded.optional(),
  surveySatisfaction: coded.optional(),
})

const code = z.string().max(200).nullable()

const CodeTable = z.strictObject({
  codes: z.record(z.string(), code).default({}),
  patterns: z.array(z.tuple([z.string().refine(isRegex, 'is not a pattern'), code])).default([]),
  /** What becomes of a text the table does not know. */
  unknown: z.enum(['keep', 'drop']).default('keep'),
})
export type CodeTable = z.infer<typeof CodeTable>

const StatusRule = z
  .strictObject({
    column: column.optional(),
    equals: z.union([z.string(), z.array(z.string())]).optional(),
    matches: z.string().refine(isRegex, 'is not a pattern').optional(),
    empty: z.boolean().optional(),
    status: z.enum(statuses),
  })
  .refine(hasCondition, 'needs a column with one of equals, matches, empty; or neither')
export type StatusRule = z.infer<typeof StatusRule>

const zone = z.string().refine(isTimeZone, 'is an IANA time zone such as America/New_York')
const format = z.string().superRefine((pattern, context) => {
  const message = formatProblem(pattern)
  if (message) context.addIssue({ code: 'custom', message })
})

export const Mapping = z
  .strictObject({
    $comment: z.string().optional(),
    source: z.strictObject({
      name: z.string().trim().min(1).max(100),
      kind: z.string().trim().min(1).max(50).default('file'),
    }),
    timeZone: zone,
    timeFormats: z.array(format).min(1).default(['iso']),
    offsets: z.enum(['trust', 'ignore']).default('trust'),
    precision: z.enum(precisions).default('instant'),
    /** How long a time a file holds: rows of another such period are counted. */
    period: z.enum(['day', 'month', 'year']).optional(),
    encoding: z.string().refine(isEncoding, 'is an encoding such as utf-8').default('utf-8'),
    delimiter: z.string().length(1).default(','),
    blanks: z.array(z.string()).default([]),
    fields: Fields,
    tables: z.record(z.string(), CodeTable).default({}),
    /** The first that holds counts. Without rules, a row with a closing date is closed. */
    status: z.array(StatusRule).default([]),
    /** Which is believed where a row's status and its closing date disagree. */
    disagreement: z.enum(['status', 'closedAt']).default('status'),
    /** Coordinates that mean "not known where". */
    nowhere: z.array(z.tuple([z.number(), z.number()])).default([]),
  })
  .superRefine(({ fields, tables }, context) => {
    for (const [name, field] of Object.entries(fields)) {
      const table = field && 'table' in field ? field.table : undefined
      if (table === undefined || Object.hasOwn(tables, table)) continue
      const message = `there is no table named ${table}`
      context.addIssue({ code: 'custom', path: ['fields', name, 'table'], message })
    }
  })
export type Mapping = z.infer<typeof Mapping>

export type Field = z.infer<typeof plain>
export type CodedField = z.infer<typeof coded>
export type TimeField = z.infer<typeof time>

function hasOneOrigin(said: object): boolean {
  return Object.keys(origin).filter((name) => Object.hasOwn(said, name)).length === 1
}

interface Condition {
  column?: unknown
  equals?: unknown
  matches?: unknown
  empty?: unknown
}

function hasCondition({ column, equals, matches, empty }: Condition): boolean {
  const conditions = [equals, matches, empty].filter((said) => said !== undefined).length
  return column === undefined ? conditions === 0 : conditions === 1
}

function isRegex(text: string): boolean {
  return does(() => new RegExp(text, 'i'))
}

function isTimeZone(name: string): boolean {
  return does(() => new Intl.DateTimeFormat('en', { timeZone: name }))
}

function isEncoding(label: string): boolean {
  return does(() => new TextDecoder(label))
}

function does(it: () => unknown): boolean {
  try {
    it()
    return true
  } catch {
    return false
  }
}
