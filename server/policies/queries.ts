import { type RawBuilder, sql } from 'kysely'
import { type Policy, defaultPolicy, Policy as PolicySchema } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import type { TicketRow } from '../tickets/row.ts'
import type { Due } from './due.ts'

export interface PolicyVersion {
  /** 0 is the default of a city that has set nothing yet. */
  version: number
  policy: Policy
}

/** A version as it is kept. */
export interface KeptPolicy extends PolicyVersion {
  /** Tickets received from then on are decided by it; null: from the beginning. */
  holdsFrom: number | null
  setAt: number
  /** The name of an admin's key, or `command`. */
  setBy: string
  /** When all stored tickets agreed with it; null: not yet. */
  rewrittenAt: number | null
}

const byDefault: PolicyVersion = { version: 0, policy: defaultPolicy }

export async function currentPolicy(db: Db): Promise<PolicyVersion> {
  const row = await db
    .selectFrom('policy')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return byDefault
  return { version: row.version, policy: PolicySchema.parse(row.body) }
}

/** Every version that was set, the newest last. */
export async function allPolicies(db: Db): Promise<KeptPolicy[]> {
  const rows = await db.selectFrom('policy').selectAll().orderBy('version').execute()
  return rows.map(({ body, ...rest }) => ({ ...rest, policy: PolicySchema.parse(body) }))
}

interface Setting {
  holdsFrom?: number | null
  setBy?: string
}

/**
 * Adds a version, from the beginning unless told otherwise. Holds the journal's counter until the
 * transaction ends: what another process has decided by the version before is not written after it.
 */
export async function insertPolicy(
  db: Db,
  policy: Policy,
  { holdsFrom = null, setBy = 'command' }: Setting = {},
): Promise<number> {
  const { version } = await db
    .with('added', (added) =>
      added.insertInto('policy').values({ body: policy, holdsFrom, setBy }).returning('version'),
    )
    .updateTable('journalHead')
    .from('added')
    .set((row) => ({ policyVersion: row.ref('added.version') }))
    .returning('added.version')
    .executeTakeFirstOrThrow()
  return version
}

/** Until the transaction ends nobody else sets a policy, so that the last one set is the one that holds. */
export async function lockPolicies(trx: Db): Promise<void> {
  await sql`lock table policy in share row exclusive mode`.execute(trx)
}

/** Every version up to this one is kept to by all stored tickets. */
export async function noteRewritten(db: Db, upTo: number): Promise<void> {
  await db
    .updateTable('policy')
    .set({ rewrittenAt: sql<number>`clock_timestamp()` })
    .where('rewrittenAt', 'is', null)
    .where('version', '<=', upTo)
    .execute()
}

type Where = Pick<Due, 'spans' | 'since'>

interface Page extends Where {
  /** The last ticket of the page before. */
  after?: Pick<TicketRow, 'sourceId' | 'id'> | undefined
  limit: number
}

/** Tickets about which another version decided than the one that holds for them, sorted by source and id. */
export function ticketsDecidedOtherwise(
  db: Db,
  { after, limit, ...due }: Page,
): Promise<TicketRow[]> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where(isDecidedOtherwise(due))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(source_id, id) > (${after!.sourceId}::int, ${after!.id}::text)`),
    )
    .orderBy('sourceId')
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countDecidedOtherwise(db: Db, due: Where): Promise<number> {
  const { count } = await db
    .selectFrom('ticket')
    .select((ticket) => ticket.fn.countAll<number>().as('count'))
    .where(isDecidedOtherwise(due))
    .executeTakeFirstOrThrow()
  return count
}

function isDecidedOtherwise({ spans, since }: Where): RawBuilder<boolean> {
  const [first, ...later] = spans
  const cases = later
    .toReversed()
    .map(({ from, version }) => sql`when received_at >= ${instant(from)} then ${version}::int`)
  const holding =
    cases.length > 0
      ? sql`case ${sql.join(cases, sql` `)} else ${first!.version}::int end`
      : sql`${first!.version}::int`
  const isDue = Number.isFinite(since)
    ? sql`received_at >= ${instant(since)}`
    : sql`${since < 0}::boolean`
  return sql<boolean>`${isDue} and policy_version <> ${holding}`
}

const instant = (at: number) => sql`to_timestamp(${at}::bigint / 1000.0)`
