import { z } from 'zod'
import type { Refusal } from '#shared/wire.ts'
import { HttpError } from './errors.ts'

/** The first thing that is wrong, in the words a client is told. */
export function refusalOf(error: z.ZodError | HttpError): Refusal {
  if (error instanceof HttpError) return error.refusal
  const [issue] = error.issues
  const path = issue?.path.join('.').slice(0, 200)
  return { error: issue?.message.slice(0, 300) ?? 'It is not valid.', ...(path && { path }) }
}
