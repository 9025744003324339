import { type Calendar, calendarOf } from '../cube/calendar.ts'
import type { Db } from '../db/connect.ts'
import { type Directory, loadDirectory } from '../dimensions/directory.ts'
import { currentPolicy, type PolicyVersion } from '../policies/queries.ts'

/** What questions are understood by: names, local time, policy. */
export interface Terms {
  policy: PolicyVersion
  directory: Directory
  calendar: Calendar
}

export async function loadTerms(db: Db): Promise<Terms> {
  const policy = await currentPolicy(db)
  const directory = await loadDirectory(db)
  return { policy, directory, calendar: calendarOf(policy.policy.timeZone) }
}
