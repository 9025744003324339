import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '#shared/time.ts'
import { createApp } from '../../../server/app.ts'
import { type Config, readConfig } from '../../../server/config.ts'
import type { Connections, Db } from '../../../server/db/connect.ts'
import { foundCity } from '../../../server/demo/found.ts'
import { lives } from '../../../server/demo/generate.ts'
import { LONGEST } from '../../../server/demo/life.ts'
import { playDemo, SEED } from '../../../server/demo/play.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { listen } from '../../../server/listen.ts'
import { createLog } from '../../../server/log.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { statesAt } from './told.ts'

const HISTORY = 2 * DAY

describe('the demonstration', () => {
  test('fills an empty database, and goes on after a restart in the middle of it without a gap', async () => {
    await using database = await freshDatabase()
    const startedAt = Date.now()
    {
      await using _ = await play(database.db)
      await until(async () => (await ticketCount(database.db)) > 2000)
    }
    const before = await ticketCount(database.db)
    {
      await using demo = await play(database.db)
      await demo.caughtUp
    }
    const [from, to] = [startedAt - HISTORY, startedAt]
    const born = [...lives(SEED, { from: from - LONGEST, to, since: from + MINUTE })]
    const told = statesAt(born, to - MINUTE)
    expect(before).toBeLessThan(told.length)
    const stored = await storedVersions(database.db)
    expect(told.filter(({ id, version }) => !(stored.get(id)! >= version))).toEqual([])
  }, 60_000)

  test('says how far its founding is, and stops in the middle of it', async () => {
    await using database = await freshDatabase()
    await using app = openApp(database)
    const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
    const reasons = new Set<string>()
    await until(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`)
      reasons.add(`${answer.status} ${((await answer.json()) as { error: string }).error}`)
      return !/: 0 %$|loaded\.$/.test([...reasons].at(-1)!)
    })
    expect([...reasons].at(-1)).toMatch(
      /^503 The demonstration city is being founded: ([1-9]|1\d) %$/,
    )
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

/** The city's sources over a shorter history. */
async function play(db: Db) {
  const intake = await openIntake({ db })
  const sources = (await foundCity(db))!
  const demo = playDemo({ db, sources, intake, log: createLog('silent'), history: HISTORY })
  return {
    caughtUp: demo.caughtUp,
    async [Symbol.asyncDispose]() {
      await demo.stop()
      await intake.close()
    },
  }
}

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

async function storedVersions(db: Db): Promise<Map<string, number>> {
  const rows = await db.selectFrom('ticket').select(['id', 'version']).execute()
  return new Map(rows.map(({ id, version }) => [id, version]))
}
