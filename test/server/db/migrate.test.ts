import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../../server/db/migrate.ts'
import { versionProblem } from '../../../server/db/server-version.ts'
import { connect } from '../../../server/db/connect.ts'
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
