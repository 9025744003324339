import { sql as text } from 'kysely'
import { expect, test } from 'vitest'
import { connect } from '../../../server/db/connect.ts'
import { freshDatabase, overPort } from '../../support/database.ts'
import { frozenProxy } from '../../support/frozen-proxy.ts'

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

test.for([
  ['without TLS', false],
  ['over TLS', true],
] as const)(
  'a transaction whose connection %s is reset in the middle fails, and the pool goes on',
  async ([, isSecure]) => {
    await using database = await freshDatabase()
    await using proxy = await frozenProxy(database.url, { isSecure })
    const { db, sql } = connect(proxy.url, { max: 2 })
    const sleep = (seconds: number) =>
      db.transaction().execute(async (trx) => text`select pg_sleep(${seconds})`.execute(trx))
    // Known to the connections by now, so that it is sent in one piece.
    await Promise.all([sleep(0), sleep(0)])
    const asleep = Promise.allSettled([sleep(20), sleep(20)])
    await new Promise((resolve) => setTimeout(resolve, 100))
    proxy.reset()

    expect((await asleep).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await Promise.all([sleep(0), sleep(0), sleep(0)])
    await sql.end()
  },
)

test('what a connection held that died between announcing a statement and running it is let go', async () => {
  await using database = await freshDatabase()
  await using proxy = await frozenProxy(database.url)
  const { sql } = connect(proxy.url, { max: 1, patience: 300 })
  const dying = sql.begin(async (trx) => {
    await trx`select from journal_head for update`
    proxy.mute()
    await trx`select ${'never asked before'}::text`
  })
  await expect(dying).rejects.toThrow()
  const held = await database.sql`
    select state, wait_event from pg_stat_activity
    where datname = current_database() and trim(query) = 'select $1::text'`
  expect(held).toEqual([{ state: 'active', wait_event: 'ClientRead' }])

  await database.sql.begin(async (trx) => {
    await trx`set local lock_timeout = '5s'`
    await trx`select from journal_head for update`
  })
  await sql.end({ timeout: 1 })
})

test('what is asked over TLS comes back whole, and a certificate of nobody is refused where one must be known', async () => {
  await using database = await freshDatabase()
  await using proxy = await frozenProxy(database.url, { isSecure: true })
  const { sql } = connect(proxy.url)
  const long = 'ferry '.repeat(200_000)
  const [row] = await sql`select ${long} as long, length(${long}) as length`
  await sql.end()
  const careful = connect(proxy.url.replace('require', 'verify-full'))

  expect(row).toEqual({ long, length: 1_200_000 })
  await expect(careful.sql`select 1`).rejects.toThrow(/self-signed/)
  await careful.sql.end()
})

test('a PostgreSQL without TLS is used where TLS is only preferred, and refused where it is required', async () => {
  await using database = await freshDatabase()
  const preferring = connect(`${overPort(database.url)}?sslmode=prefer`)
  const requiring = connect(`${overPort(database.url)}?sslmode=require`)

  expect(await preferring.sql`select 1 as one`).toEqual([{ one: 1 }])
  await expect(requiring.sql`select 1 as one`).rejects.toThrow(/does not offer TLS/)
  await Promise.all([preferring.sql.end(), requiring.sql.end()])
})

test('a socket in the file system is found by its folder, as libpq is told', async () => {
  await using database = await freshDatabase()
  const place = new URL(overPort(database.url))
  const [{ folder }] = await database.sql<[{ folder: string }]>`
    select current_setting('unix_socket_directories') as folder`
  place.searchParams.set('host', folder || '/nowhere')
  const near = connect(place.href)
  const over = async ({ sql }: { sql: typeof database.sql }) =>
    (await sql`select inet_server_addr() is null as socket`)[0]!.socket

  const far = connect(overPort(database.url))
  expect(await over(far)).toBe(false)
  if (folder) expect(await over(near)).toBe(true)
  else await expect(over(near)).rejects.toThrow(/ENOENT/)
  await Promise.all([near.sql.end(), far.sql.end()])
})
