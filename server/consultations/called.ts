import { isStorable } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { consultationCalled, type ConsultationRow } from './consultation-queries.ts'

/** By what stands in an address, whatever it holds; throws a 404. */
export async function called(db: Db, code: string): Promise<ConsultationRow> {
  const row = isStorable(code) ? await consultationCalled(db, code) : undefined
  if (!row) throw new HttpError(404, 'There is no such consultation.')
  return row
}
