import { z } from 'zod'
import { isStorable } from '#shared/events.ts'
import type { CommentPlace } from './reading-queries.ts'

/** Where a page of comments ended, as its `next` said. */
export const AfterComment = z
  .string()
  .max(300)
  .regex(/^-?\d{1,15}_\d{1,9}_/, 'must be what next said')
  .refine(isStorable, 'must be what next said')

export function placeAfter(after: string): CommentPlace {
  const [, at, sourceId, id] = /^(-?\d+)_(\d+)_(.*)$/s.exec(after)!
  return { at: Number(at), sourceId: Number(sourceId), id: id! }
}

export const cursorOf = ({ at, sourceId, id }: CommentPlace): string => `${at}_${sourceId}_${id}`
