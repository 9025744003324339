import { type At, readPair } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'

/** `at=SEQ,MINUTE`: a row of the journal and a UTC minute since 1970. Undefined when it is not asked. */
export function readAt(query: URLSearchParams): At | undefined {
  const [told, ...more] = query.getAll('at')
  if (told === undefined) return undefined
  const at = readPair(told)
  if (at && more.length === 0) return at
  const why = 'at is one pair SEQ,MINUTE of whole numbers, as every answer carries it.'
  throw new HttpError(400, why, { path: 'at' })
}
