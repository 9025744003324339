import { z } from 'zod'
import { precisions, statuses } from './ticket.ts'

/*
 * The intake contract. An event carries the full current state of one ticket under the source's own
 * id and a version that only grows, so that a resend, a reorder or a replay is harmless.
 */

/** The longest texts, in characters as JavaScript counts them. */
export const longest = { code: 200, id: 200, summary: 2000 } as const

/** Latest year a time may lie in: far enough for every due date, near enough for every database. */
const MAX_YEAR = 2200
/** No time that an event tells lies before. */
export const earliest = Date.UTC(1900, 0)
/** Every time lies before. */
export const latest = Date.UTC(MAX_YEAR, 0)

export const instant = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with an offset or Z' })
  .transform((text) => Date.parse(text))
  .refine((at) => at >= earliest && at < latest, `must lie between 1900 and ${MAX_YEAR}`)

export const text = (max: number) =>
  z.string().max(max).refine(isStorable, 'must not contain NUL or half of a character')

export const code = text(longest.code).transform((value) => value.trim())
export const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? null)

export const Reopening = z.strictObject({
  closedAt: instant,
  closeReason: optional(code),
  at: instant,
})

export const TicketEvent = z
  .strictObject({
    type: z.literal('ticket'),
    id: text(longest.id).min(1),
    version: z.int().min(0),
    receivedAt: instant,
    agency: optional(code),
    area: optional(code),
    category: optional(code),
    channel: optional(code),
    language: optional(code),
    status: z.enum(statuses),
    precision: z.enum(precisions).default('instant'),
    respondedAt: optional(instant),
    dueAt: optional(instant),
    closedAt: optional(instant),
    closeReason: optional(code),
    reopenings: z
      .array(Reopening)
      .max(100)
      .nullish()
      .transform((list) => (list?.length ? list : null)),
    survey: optional(
      z.strictObject({
        at: instant,
        resolved: optional(z.boolean()),
        satisfaction: optional(z.int().min(1).max(5)),
      }),
    ),
    location: optional(
      z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }),
    ),
    summary: optional(text(longest.summary)),
    duplicateOf: optional(text(longest.id)),
    transfers: z.int().min(0).max(1000).default(0),
  })
  .superRefine((event, context) => {
    for (const [path, message] of contradictions(event)) {
      context.addIssue({ code: 'custom', path: [path], message })
    }
  })

export type TicketEvent = z.infer<typeof TicketEvent>

/** What status and times may not say together. A close before receipt is no contradiction: it is kept and its duration refused. */
export function* contradictions(event: {
  status: string
  closedAt: number | null
  closeReason: string | null
  reopenings: { closedAt: number; at: number }[] | null
}): Generator<[path: string, message: string]> {
  if (event.status === 'open' && event.closedAt !== null) {
    yield ['closedAt', 'an open ticket has no closing time: earlier closes belong in reopenings']
  }
  if (event.status === 'closed' && event.closedAt === null) {
    yield ['closedAt', 'a closed ticket needs its closing time']
  }
  let previous = -Infinity
  for (const { closedAt, at } of event.reopenings ?? []) {
    if (at < closedAt) yield ['reopenings', 'a reopening cannot come before the close it reopens']
    if (at < previous) yield ['reopenings', 'reopenings must be in order of time']
    previous = at
  }
}

/** A line that was not taken: its number counted from 1, where in it, and why. */
export interface Rejection {
  line: number
  path: string
  error: string
}

/** The answer of `POST /api/v1/events`. After a 200 everything accepted is durable. */
export interface Receipt {
  accepted: number
  /** Same version and content again. */
  unchanged: number
  /** Same version with other content: never applied. */
  conflicting: number
  /** An older version: kept in the ticket's history, without effect. */
  stale: number
  rejected: Rejection[]
  /** The journal's position that holds everything accepted. */
  seq: number
}

/** PostgreSQL stores no NUL, and UTF-8 has no lone surrogates. */
export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0')
}
