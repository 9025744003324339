import { sql } from 'kysely'
import { type Policy, defaultPolicy, Policy as PolicySchema } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'

export interface PolicyVersion {
  /** 0 is the default of a city that has set nothing yet. */
  version: number
  policy: Policy
}

export async function currentPolicy(db: Db): Promise<PolicyVersion> {
  const row = await db
    .selectFrom('policy')
    .select(['version', 'body'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { version: 0, policy: defaultPolicy }
  return { version: row.version, policy: PolicySchema.parse(row.body) }
}

export async function insertPolicy(db: Db, policy: Policy): Promise<number> {
  const { version } = await db
    .insertInto('policy')
    .values({ body: policy })
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Until the transaction ends nobody else sets a policy, so that the last one set is the one that holds. */
export async function lockPolicies(trx: Db): Promise<void> {
  await sql`lock table policy in share row exclusive mode`.execute(trx)
}
