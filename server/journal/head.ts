import type { Snapshot } from '../tickets/facts.ts'
import type { Head } from './queries.ts'

/** Where the journal stands in a snapshot, with the clock at which the snapshot was asked. */
export async function headIn(snapshot: Snapshot): Promise<Head> {
  const [head] = await snapshot<Head[]>`
    select seq, newest_at as "newestAt", clock_timestamp() as now,
      policy_version as "policyVersion"
    from journal_head
  `
  return head!
}
