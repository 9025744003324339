import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

const Key = z.uuid()

/** Every request that acts carries one; throws a 400 that says so. */
export function idempotencyKey(req: Request): string {
  const { success, data } = Key.safeParse(req.get('idempotency-key'))
  if (success) return data.toLowerCase()
  throw new HttpError(400, 'Send the header Idempotency-Key with a UUID that the form made.', {
    code: 'key.missing',
    path: 'Idempotency-Key',
  })
}

/** One key is of one act: that of each `part` of a request is made of the request's, always the same one. */
export function keyOf(key: string, part: string | number): string {
  const hex = createHash('sha256').update(`${key} ${part}`).digest('hex')
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([a, b]) => hex.slice(a, b))
    .join('-')
}
