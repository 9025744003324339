import { z } from 'zod'
import type { Since } from '#shared/records.ts'
import type { Db } from '../db/connect.ts'
import { markAt } from './queries.ts'

const since = z.int('is a seq, or null').min(0, 'is 0 or more').nullable()
const mark = z.string().max(16, 'has 16 digits at most').optional()

const Asked = z.strictObject({ since, mark })
const Hello = z.object({ since: since.optional(), mark })

/** Throws a ZodError. */
export const sinceAsked = (asked: unknown): Since => withoutUndefined(Asked.parse(asked))

/** Of a handshake; undefined: it follows no records. Throws a ZodError. */
export function sinceOf(hello: unknown): Since | undefined {
  const { since, mark } = Hello.parse(hello)
  return since === undefined ? undefined : withoutUndefined({ since, mark })
}

const withoutUndefined = ({ since, mark }: z.infer<typeof Asked>): Since => ({
  since,
  ...(mark !== undefined && { mark }),
})

/** True when the past that the page has seen is this database's: it has that record, and not another in its place. */
export async function isOurs(db: Db, { since, mark }: Since): Promise<boolean> {
  if (since === null || since === 0) return true
  const found = await markAt(db, since)
  return found !== undefined && (mark === undefined || mark === found)
}
