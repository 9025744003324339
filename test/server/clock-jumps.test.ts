import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { Db } from '../../server/db/connect.ts'
import { databaseUrl, freshDatabase } from '../support/database.ts'
import { caughtUp, expectExact, opened } from '../support/load.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addSource } from '../../server/sources/sources.ts'
import { ndjson, ticket } from '../support/events.ts'
import { serverProcess } from '../support/server-process.ts'
import { sql } from 'kysely'

/** Lets a test set the clock of its database: what asks for the time finds this function first. */
async function giveClock(db: Db, name: string): Promise<void> {
  await sql`create schema shim`.execute(db)
  await sql`create table shim.clock (ahead interval not null)`.execute(db)
  await sql`insert into shim.clock values ('0')`.execute(db)
  await sql
    .raw(
      `create function shim.clock_timestamp() returns timestamptz language sql as
       'select pg_catalog.clock_timestamp() + ahead from shim.clock'`,
    )
    .execute(db)
  await sql.raw(`alter database ${name} set search_path = shim, public, pg_catalog`).execute(db)
}

const setClock = (db: Db, ahead: string) =>
  sql`update shim.clock set ahead = ${ahead}::text::interval`.execute(db)

test('I1 and I3: the clock of the database jumps days ahead and back: no minute comes twice, and the numbers are those of a recount', async () => {
  await using database = await freshDatabase()
  const { db, url } = database
  const name = new URL(url).pathname.slice(1)
  expect(databaseUrl(name)).toBe(url)
  await insertPolicy(db, opened)
  const { key } = await addSource(db, { name: 'phone', kind: 'hotline' })
  await giveClock(db, name)
  await using server = serverProcess({ DATABASE_URL: url })
  const origin = await server.origin()
  const send = async (...hoursAgo: number[]) => {
    const events = hoursAgo.map((hours) =>
      ticket({
        receivedAt: new Date(Date.now() - hours * HOUR).toISOString(),
        dueAt: new Date(Date.now() + 12 * HOUR).toISOString(),
      }),
    )
    const answer = await fetch(`${origin}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: ndjson(...events),
    })
    expect(answer.status).toBe(200)
  }
  const minute = async (): Promise<number> => {
    const answer = await fetch(`${origin}/api/v1/view?measures=received&window=24h`)
    return ((await answer.json()) as { at: [number, number] }).at[1]
  }
  const received = async (window: string): Promise<unknown> => {
    const answer = await fetch(`${origin}/api/v1/view?measures=received,overdue&window=${window}`)
    return ((await answer.json()) as { totals: unknown[] }).totals.slice(1)
  }
  const isExact = async () => {
    await caughtUp(db, origin)
    await expectExact(db, origin, new Map())
  }

  await send(1, 2, 30)
  await isExact()
  expect(await received('24h')).toEqual([2, 0])
  const before = await minute()

  await setClock(db, '3 days')
  await expect.poll(minute, { timeout: 8000 }).toBeGreaterThanOrEqual(before + 3 * 24 * 60)
  const ahead = await minute()
  expect(await received('24h')).toEqual([0, 3])
  expect(await received('7d')).toEqual([3, 3])
  await send(1)
  await isExact()

  await setClock(db, '-2 days')
  await send(1, 3)
  await isExact()
  expect(await minute()).toBeGreaterThanOrEqual(ahead)
  expect(await received('7d')).toEqual([6, 6])

  await setClock(db, '3 days')
  await send(2)
  await isExact()
  await expect.poll(minute).toBeGreaterThanOrEqual(ahead)
  expect(await minute()).toBeLessThan(ahead + 10)

  await setClock(db, '500 days')
  await expect
    .poll(minute, { timeout: 8000 })
    .toBeGreaterThanOrEqual(before + (500 * 24 * HOUR) / MINUTE)
  expect(await received('7d')).toEqual([0, 7])
  await isExact()
}, 60_000)
