import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '#shared/time.ts'
import { createApp } from '../../../server/app.ts'
import { type Config, readConfig } from '../../../server/config.ts'
import type { Connections, Db } from '../../../server/db/connect.ts'
import { lives } from '../../../server/demo/generate.ts'
import { SEED } from '../../../server/demo/play.ts'
import { listen } from '../../../server/listen.ts'
import { createLog } from '../../../server/log.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'

describe('the demonstration', () => {
  test('fills an empty database, and goes on after a restart in the middle of it without a gap', async () => {
    await using database = await freshDatabase()
    const startedAt = Date.now()
    {
      await using _ = openApp(database)
      await until(async () => (await ticketCount(database.db)) > 5000)
    }
    const before = await ticketCount(database.db)
    await using app = await startApp(database)
    await until(async () => (await newestReceipt(database.db)) > startedAt - 30 * MINUTE)

    const [from, to] = [startedAt - 90 * DAY, startedAt - 30 * MINUTE]
    const told = [...lives(SEED, { from, to })]
    expect(before).toBeLessThan(told.length)
    expect(await storedIds(database.db, from, to)).toEqual(
      told
        .map(({ steps }) => steps[0]!)
        .filter(({ at }) => at >= from && at < to)
        .map(({ said }) => said.id)
        .sort(),
    )
    const { totals } = await app.view('measures=received,open,overdue&window=7d')
    expect(totals.slice(1).every((count) => count! > 0)).toBe(true)
    const { place, members } = await app.get('deployment')
    expect(place).toEqual({ names: { en: 'Port Halcyon', zh: '海晏港' }, demonstration: true })
    expect(members.area).toContainEqual({
      code: 'old-quay',
      names: { en: 'Old Quay', zh: '旧埠' },
    })
  }, 60_000)

  test('keeps out of a city of its own', async () => {
    await using database = await freshDatabase()
    await addSource(database.db, { name: 'real', kind: 'phone' })
    await using app = await startApp(database)
    await delay(200)
    expect(await ticketCount(database.db)).toBe(0)
    expect((await app.get('deployment')).place.demonstration).toBe(false)
  })

  test('does nothing when it is off', async () => {
    await using database = await freshDatabase()
    await using app = await startApp(database, { demo: false })
    await delay(200)
    expect(await ticketCount(database.db)).toBe(0)
    expect((await app.get('deployment')).place.demonstration).toBe(false)
  })
})

function openApp(database: Connections & { url: string }, overrides: Partial<Config> = {}) {
  const config = { ...readConfig({}), ...overrides }
  const app = createApp({ ...database, config, log: createLog('silent') })
  return { ...app, [Symbol.asyncDispose]: () => app.close() }
}

async function startApp(database: Connections & { url: string }, overrides: Partial<Config> = {}) {
  const app = openApp(database, overrides)
  const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
  await app.ready
  const get = async (path: string): Promise<any> =>
    (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()
  return {
    get,
    view: async (query: string): Promise<{ totals: (number | null)[] }> => get(`view?${query}`),
    [Symbol.asyncDispose]: () => app.close(),
  }
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await delay(50)
}

async function ticketCount(db: Db): Promise<number> {
  const row = await db
    .selectFrom('ticket')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

async function newestReceipt(db: Db): Promise<number> {
  const row = await db
    .selectFrom('ticket')
    .select(({ fn }) => fn.max('receivedAt').as('newest'))
    .executeTakeFirstOrThrow()
  return row.newest ?? 0
}

async function storedIds(db: Db, from: number, to: number): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('id')
    .where('receivedAt', '>=', from)
    .where('receivedAt', '<', to)
    .execute()
  return rows.map(({ id }) => id).sort()
}
