import { isDeepStrictEqual } from 'node:util'
import type { Policy } from '#shared/policy.ts'
import { type ClockMode, readClock } from '../cube/clock.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { noteInJournal } from '../journal/note.ts'
import { journalHead, ring } from '../journal/queries.ts'
import { allPolicies, currentPolicy, insertPolicy, lockPolicies } from './queries.ts'
import { timelineOf, withVersion } from './timeline.ts'

export interface SetOptions {
  /** -Infinity: from the beginning. Not given: from now; the first version from the beginning. */
  from?: number | undefined
  /** What "now" means. */
  clock?: ClockMode
  /** The name of an admin's key, or `command`. */
  setBy?: string
  /** The version that the change was made to; refused when somebody set another meanwhile. */
  expectedVersion?: number | undefined
}

export interface PolicyChange {
  version: number
  /** What differs from the policy before; nothing when no version was added, or only its date is new. */
  changed: string[]
  /** False when the newest version says and decides the same. */
  isNew: boolean
}

/**
 * Adds a version, which every running server takes up at once. What it decides about tickets holds
 * from its date on; tickets that are stored already are rewritten by `rewriteTickets`.
 */
export async function setPolicy(
  db: Db,
  policy: Policy,
  { from, clock = 'database', setBy = 'command', expectedVersion }: SetOptions = {},
): Promise<PolicyChange> {
  const change = await db.transaction().execute(async (trx) => {
    await lockPolicies(trx)
    const before = await currentPolicy(trx)
    requireExpected(before.version, expectedVersion)
    const changed = differing(before.policy, policy)
    const isFirst = before.version === 0
    const begin = from ?? (isFirst ? -Infinity : readClock(clock, await journalHead(trx)))
    const holdsFrom = begin === -Infinity ? null : begin
    const isNew = isFirst || changed.length > 0 || (await isDecidedAnew(trx, policy, holdsFrom))
    if (!isNew) return { version: before.version, changed, isNew }
    const version = await insertPolicy(trx, policy, { holdsFrom, setBy })
    await noteInJournal(trx, 'policy')
    return { version, changed, isNew }
  })
  await ring(db).catch(() => {})
  return change
}

function requireExpected(version: number, expected: number | undefined): void {
  if (expected === undefined || expected === version) return
  throw new HttpError(409, `The policy is version ${version} now, not ${expected}: look again.`)
}

/** The same policy as the newest may still decide otherwise about the time before that was set. */
async function isDecidedAnew(db: Db, policy: Policy, holdsFrom: number | null): Promise<boolean> {
  const spans = timelineOf(await allPolicies(db))
  return withVersion(spans, { version: Infinity, policy, holdsFrom }) !== spans
}

export function differing(before: Policy, after: Policy): string[] {
  const keys = Object.keys({ ...before, ...after }) as (keyof Policy)[]
  return keys.filter((key) => !isDeepStrictEqual(before[key], after[key]))
}
