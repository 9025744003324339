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
