import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { migrate } from '../../../server/db/migrate.ts'
import * as engine from '../../../server/db/migrations/0001-engine.ts'
import * as audit from '../../../server/db/migrations/0002-audit.ts'
import * as policyFrom from '../../../server/db/migrations/0003-policy-from.ts'
import { versionProblem } from '../../../server/db/server-version.ts'
import { connect } from '../../../server/db/connect.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { allPolicies } from '../../../server/policies/queries.ts'
import { emptyDatabase, freshDatabase } from '../../support/database.ts'

test('four processes may migrate one empty database at once', async () => {
  await using database = await emptyDatabase()
  const pools = Array.from({ length: 4 }, () => connect(database.url, { max: 2 }))

  const results = await Promise.allSettled(pools.map(({ db }) => migrate(db)))

  await Promise.all(pools.map((pool) => pool.sql.end({ timeout: 5 })))
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([])
  const rows = await database.sql`select name from kysely_migration order by name`
  expect(rows[0]?.name).toBe('0001-engine')
})

test('migrating again changes nothing', async () => {
  await using database = await freshDatabase()

  await migrate(database.db)
  await migrate(database.db)
})

test('policies of an older database hold from when they were set, the first from the beginning', async () => {
  await using database = await emptyDatabase()
  const db = database.db as unknown as Parameters<typeof engine.up>[0]
  await engine.up(db)
  await audit.up(db)
  for (const minN of [1, 2]) {
    const body = JSON.stringify({ ...defaultPolicy, minN })
    await database.sql`insert into policy (body) values (${body}::text::jsonb)`
  }

  await policyFrom.up(db)

  const [first, second] = await allPolicies(database.db)
  expect(first).toMatchObject({ version: 1, holdsFrom: null, rewrittenAt: first!.setAt })
  expect(second).toMatchObject({ version: 2, holdsFrom: second!.setAt, rewrittenAt: second!.setAt })
  expect((await journalHead(database.db)).policyVersion).toBe(2)
})

test('a database that is newer than the code is refused by name', async () => {
  await using database = await freshDatabase()
  await sql`insert into kysely_migration values ('9999-future', now()::text)`.execute(database.db)

  await expect(migrate(database.db)).rejects.toThrow(
    'The database is newer than this Clerestory: it has the migration 9999-future',
  )
})

test('an older PostgreSQL is refused in one sentence', () => {
  expect(versionProblem('15.18 (Debian 15.18-1.pgdg120+1)')).toBe(
    'Clerestory needs PostgreSQL 18 or newer; this one is 15.18.',
  )
  expect(versionProblem('9.6.24')).toBeDefined()
  expect(versionProblem('18.4')).toBeUndefined()
  expect(versionProblem('19beta1')).toBeUndefined()
})

test('instants are milliseconds and counts are numbers', async () => {
  await using database = await freshDatabase()

  const [row] = await database.sql`
    select ${'2026-11-22T08:30:00+08:00'}::text::timestamptz as at, 2::bigint as count
  `

  expect(row).toEqual({ at: Date.UTC(2026, 10, 22, 0, 30), count: 2 })
})
