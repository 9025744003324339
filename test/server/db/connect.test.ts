import { expect, test } from 'vitest'
import { connect } from '../../../server/db/connect.ts'
import { freshDatabase } from '../../support/database.ts'

test('times are read right from a database that writes them in another zone and order', async () => {
  await using database = await freshDatabase()
  const name = new URL(database.url).pathname.slice(1)
  await database.sql.unsafe(`alter database ${name} set timezone = 'Asia/Kolkata'`)
  await database.sql.unsafe(`alter database ${name} set datestyle = 'SQL, DMY'`)
  const { sql } = connect(database.url)
  const [row] = await sql`
    select '2026-11-22T08:30:00Z'::timestamptz as now, '1900-05-06T00:00:00Z'::timestamptz as old`
  await sql.end()

  expect(row).toEqual({ now: Date.UTC(2026, 10, 22, 8, 30), old: Date.UTC(1900, 4, 6) })
})
