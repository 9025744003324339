import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

/** When it is due, in which consultation; 0 a provision or 1 a group; comments of a group; and its id. */
const Cursor = z.tuple([z.int(), z.int(), z.union([z.literal(0), z.literal(1)]), z.int(), z.int()])
export type Cursor = z.infer<typeof Cursor>

export const cursorText = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url')

/** Throws a 400 for what no answer has told. */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  const cursor = cursorIn(text)
  if (cursor) return cursor
  throw new HttpError(400, 'after is no cursor that an answer has told.', { path: 'after' })
}

function cursorIn(text: string): Cursor | undefined {
  try {
    return Cursor.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}
