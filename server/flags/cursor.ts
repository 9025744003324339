import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

const Cursor = z.tuple([z.enum(['newest', 'deadline']), z.int(), z.int()])

/** The place of one flag in an order: what comes and goes around it moves no flag to another page. */
export interface Cursor {
  dueBy: number
  id: number
}

export function cursorText(sort: 'newest' | 'deadline', { dueBy, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, dueBy, id])).toString('base64url')
}

/** Throws a 400 for what no answer in this order has told. */
export function readCursor(
  text: string | undefined,
  sort: 'newest' | 'deadline',
): Cursor | undefined {
  if (text === undefined) return undefined
  const cursor = cursorIn(text)
  if (cursor?.[0] === sort) return { dueBy: cursor[1], id: cursor[2] }
  throw new HttpError(400, 'after is no cursor that an answer in this order has told.', {
    path: 'after',
  })
}

function cursorIn(text: string): z.infer<typeof Cursor> | undefined {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
