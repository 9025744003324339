import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

/*
 * Boston's file read without our mapping, and counted without our measures: the other side of the
 * oracle tests.
 */

const FOLDER = path.resolve('../shared/data/boston-311')

/** Undefined where the file is not at hand; the tests that need it are skipped then. */
export const boston = existsSync(FOLDER) ? path.join(FOLDER, readdirSync(FOLDER)[0]!) : undefined
if (!boston) console.warn('The Boston oracle is skipped: ../shared/data/boston-311 is not there.')

export type Cells = Record<string, string>

export const readBoston = (): Cells[] =>
  parse<Cells>(gunzipSync(readFileSync(boston!)), { columns: true })

export function countBy<T>(all: Iterable<T>, key: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1)
  return new Map([...counts].sort())
}

/** An instant in milliseconds, by the zone's rules and nothing of ours. */
export function instantOf(local: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('America/New_York').epochMilliseconds
}

/** The rows opened before a local time and not closed before it: as text such times sort as they come. */
export function openIn(rows: readonly Cells[], moment: string): Cells[] {
  return rows.filter(
    ({ open_dt, closed_dt, case_status }) =>
      open_dt! < moment && (case_status === 'Open' || closed_dt! >= moment),
  )
}

export const months = ['2011-07', '2011-08', '2011-09', '2011-10', '2011-11', '2012-01']

/** None lies in the hour that comes twice. */
export const moments = [
  '2011-07-01 12:00:00',
  '2011-07-15 00:00:00',
  '2011-08-01 00:00:00',
  '2011-08-28 09:37:00',
  '2011-08-29 00:00:00',
  '2011-09-15 17:41:00',
  '2011-10-01 00:00:00',
  '2011-10-31 23:59:00',
  '2012-03-11 12:00:00',
  '2019-07-01 00:00:00',
]
