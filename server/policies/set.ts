import { isDeepStrictEqual } from 'node:util'
import type { Policy } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import { noteInJournal } from '../journal/note.ts'
import { ring } from '../journal/queries.ts'
import { currentPolicy, insertPolicy, lockPolicies } from './queries.ts'

export interface PolicyChange {
  version: number
  /** What differs from the policy before; nothing when no version was added. */
  changed: string[]
}

/**
 * Adds a version, which every running server takes up at once. It holds for what comes in from then
 * on: what an earlier version decided about a ticket stays in the ticket's row.
 */
export async function setPolicy(db: Db, policy: Policy): Promise<PolicyChange> {
  const set = await db.transaction().execute(async (trx) => {
    await lockPolicies(trx)
    const before = await currentPolicy(trx)
    const changed = differing(before.policy, policy)
    const isKnown = before.version > 0 && changed.length === 0
    if (isKnown) return { version: before.version, changed }
    const version = await insertPolicy(trx, policy)
    await noteInJournal(trx, 'policy')
    return { version, changed }
  })
  await ring(db).catch(() => {})
  return set
}

function differing(before: Policy, after: Policy): string[] {
  const keys = Object.keys(after) as (keyof Policy)[]
  return keys.filter((key) => !isDeepStrictEqual(before[key], after[key]))
}
