import { z } from 'zod'
import { earliest, isStorable, latest, longest } from '#shared/events.ts'
import { type TicketSort, ticketSorts } from '#shared/tickets.ts'
import { HttpError } from '../http/errors.ts'

const Cursor = z.strictObject({
  sort: z.enum(ticketSorts),
  order: z.enum(['asc', 'desc']),
  /** Among the tickets that have the time that is sorted by; the others come behind them. */
  isTimed: z.boolean(),
  /** The time, of those without it the receipt; in milliseconds. */
  at: z.int().min(earliest).max(latest),
  mark: z.string().max(20),
  id: z.string().min(1).max(longest.id).refine(isStorable),
})

/** The place of one ticket in an order. It holds whatever comes and goes around it. */
export type Cursor = z.infer<typeof Cursor>

/** An id of the longest, all of it outside of ASCII, fits. */
const MAX_LENGTH = 4000

export function cursorText(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** Throws a 400 for what no answer in this order has told. */
export function readCursor(
  text: string | undefined,
  path: string,
  { sort, order }: Pick<Cursor, 'sort' | 'order'>,
): Cursor | undefined {
  if (text === undefined) return undefined
  const cursor = text.length > MAX_LENGTH ? undefined : cursorIn(text)
  if (!cursor) throw new HttpError(400, `${path} is no cursor that an answer has told.`, { path })
  if (cursor.sort === sort && cursor.order === order) return cursor
  throw new HttpError(400, `${path} comes from a list in another order.`, { path })
}

function cursorIn(text: string): Cursor | undefined {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
