import type { At } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'

/** So many digits as every number holds exactly. */
const PAIR = /^(\d{1,15}),(\d{1,15})$/

/** `at=SEQ,MINUTE`: a row of the journal and a UTC minute since 1970. Undefined when it is not asked. */
export function readAt(query: URLSearchParams): At | undefined {
  const [told, ...more] = query.getAll('at')
  if (told === undefined) return undefined
  const [, seq, minute] = PAIR.exec(told) ?? []
  if (seq !== undefined && more.length === 0) return [Number(seq), Number(minute)]
  const why = 'at is one pair SEQ,MINUTE of whole numbers, as every answer carries it.'
  throw new HttpError(400, why, { path: 'at' })
}
