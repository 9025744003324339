import { z } from 'zod'
import type { RefusalCode } from '#shared/oversight/refusal.ts'
import type { Refusal } from '#shared/wire.ts'
import { HttpError } from './errors.ts'

/** The first thing that is wrong, in the words a client is told. */
export function refusalOf(error: z.ZodError | HttpError): Refusal {
  if (error instanceof HttpError) return error.refusal
  const [issue] = error.issues
  const path = issue?.path.join('.').slice(0, 200)
  return {
    error: issue?.message.slice(0, 300) ?? 'It is not valid.',
    code: issue ? codeIn(issue) : 'wrong',
    ...(path && { path }),
  }
}

function codeIn(issue: z.core.$ZodIssue): RefusalCode {
  const { code, message } = issue
  if (message === 'is missing' || message.endsWith('received undefined')) return 'field.missing'
  if (message === 'must not be empty') return 'field.empty'
  if (message.startsWith('must be like https:')) return 'field.link'
  if (code === 'too_big' && issue.origin === 'string') return 'field.long'
  if (code === 'too_big' && issue.origin === 'array') return 'field.many'
  if (code !== 'too_small' || typeof issue.minimum !== 'number') return 'wrong'
  if (issue.origin !== 'array' && issue.origin !== 'string') return 'wrong'
  return issue.origin === 'string' && issue.minimum > 1 ? 'field.short' : 'field.empty'
}
