import { isStorable } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { pollCalled, type PollRow } from './poll-queries.ts'

/** By what stands in an address, whatever it holds; throws a 404. */
export async function called(db: Db, code: string): Promise<PollRow> {
  const row = isStorable(code) ? await pollCalled(db, code) : undefined
  if (!row) throw new HttpError(404, 'There is no such poll.')
  return row
}
