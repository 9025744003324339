import { z } from 'zod'
import { type Dimension, dimensions, type Status, statuses } from '#shared/ticket.ts'
import {
  mostRows,
  type TicketGrouping,
  ticketGroupings,
  type TicketSort,
  ticketSorts,
  type TicketState,
  ticketStates,
  usualOrder,
} from '#shared/tickets.ts'
import { type Filters, presetWindows } from '#shared/view.ts'
import { RANGE } from '#shared/view-schema.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { type Cursor, readCursor } from './cursor.ts'

/** Which tickets to list, and in which order. */
export interface ListQuestion {
  filters: Filters
  statuses: readonly Status[] | undefined
  states: readonly TicketState[] | undefined
  /** A preset or `START/END`, as of a view. */
  window: string | undefined
  sort: TicketSort
  order: 'asc' | 'desc'
  limit: number
  after: Cursor | undefined
  before: Cursor | undefined
  by: TicketGrouping | undefined
}

const list = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(100).optional()
const code = z.string().min(1).max(200)

const Query = z.strictObject({
  ...(Object.fromEntries(dimensions.map((one) => [one, list(code)])) as Record<
    Dimension,
    ReturnType<typeof list<typeof code>>
  >),
  status: list(z.enum(statuses)),
  state: list(z.enum(ticketStates)),
  window: z.enum(presetWindows).optional(),
  received: z
    .string()
    .regex(RANGE, 'must be START/END: two dates, or two UTC minutes such as 2026-11-22T08:30Z')
    .optional(),
  sort: z.enum(ticketSorts).default('received'),
  order: z.enum(['asc', 'desc']).optional(),
  limit: z.coerce.number('must be a number').int().min(1).max(mostRows).default(50),
  after: z.string().optional(),
  before: z.string().optional(),
  by: z.enum(ticketGroupings).optional(),
})

const lists = new Set<string>([...dimensions, 'status', 'state'])

/** `?agency=PWD,Parks&status=open&sort=due` as a question. Throws a 400 that names the parameter. */
export function readListQuestion(query: URLSearchParams): ListQuestion {
  const told = parse(Query, fieldsOf(query))
  const { window, received, sort, order, limit, by } = told
  if (window && received) refuse('Ask for a window or for a range, not for both.', 'received')
  const asked = { sort, order: order ?? usualOrder[sort] }
  const question = {
    filters: Object.fromEntries(
      dimensions.filter((one) => told[one]).map((one) => [one, told[one]!]),
    ),
    statuses: told.status,
    states: told.state,
    window: window ?? received,
    ...asked,
    limit,
    after: readCursor(told.after, 'after', asked),
    before: readCursor(told.before, 'before', asked),
    by,
  }
  if (question.after && question.before) refuse('A page lies after a row or before it.', 'before')
  return question
}

/** Each parameter once, or as the values between its commas. */
function fieldsOf(query: URLSearchParams): Record<string, unknown> {
  const fields = Object.create(null) as Record<string, unknown>
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    if (!lists.has(name) && values.length > 1) refuse(`${shown(name)} is told twice.`, shown(name))
    fields[name] = lists.has(name) ? partsOf(values) : values[0]
  }
  const unknown = Object.keys(fields).find((name) => !Object.hasOwn(Query.shape, name))
  if (unknown !== undefined) refuse(`There is no parameter ${shown(unknown)}.`, shown(unknown))
  return { ...fields }
}

const partsOf = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')

const shown = (name: string): string => name.slice(0, 100)

function refuse(why: string, path: string): never {
  throw new HttpError(400, why, { path })
}
