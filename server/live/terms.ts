import { type Calendar, calendarOf } from '../cube/calendar.ts'
import { type Change, definitionChanges } from '../definitions/queries.ts'
import type { Db } from '../db/connect.ts'
import { hasBoundary } from '../dimensions/boundaries.ts'
import { type Directory, loadDirectory } from '../dimensions/directory.ts'
import { currentPolicy, type PolicyVersion } from '../policies/queries.ts'

/** What questions are understood by: names, local time, policy, and where definitions changed. */
export interface Terms {
  policy: PolicyVersion
  directory: Directory
  calendar: Calendar
  changes: readonly Change[]
  /** Some area has a boundary. */
  hasMap: boolean
}

export async function loadTerms(db: Db): Promise<Terms> {
  const policy = await currentPolicy(db)
  const directory = await loadDirectory(db)
  const changes = await definitionChanges(db)
  const hasMap = await hasBoundary(db)
  return { policy, directory, calendar: calendarOf(policy.policy.timeZone), changes, hasMap }
}
