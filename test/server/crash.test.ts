import { expect, test } from 'vitest'
import type { Receipt } from '#shared/events.ts'
import { measureIds, measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { calendarOf } from '../../server/cube/calendar.ts'
import { connect, type Db } from '../../server/db/connect.ts'
import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addSource } from '../../server/sources/sources.ts'
import { freshDatabase } from '../support/database.ts'
import { ndjson, ticket } from '../support/events.ts'
import { readFacts, recount } from '../support/recount.ts'
import { dataFolder, serverProcess } from '../support/server-process.ts'

const opened = { ...defaultPolicy, opened: ['agency' as const, 'area' as const] }

/** What the public may ask for live. */
const shown = measureIds.filter((id) => !(measures[id] as Measure).isSurvey)

/**
 * Posts batches without pause, new tickets and changes of them, from two connections at once, until
 * it is told to stop. Remembers what was acknowledged; what failed is sent again, as a source does.
 */
function posting(origin: () => string, key: string) {
  const acknowledged = new Map<string, number>()
  let isOn = true
  let failures = 0
  let batch = 0

  async function post(body: object[]): Promise<void> {
    while (isOn) {
      try {
        const answer = await fetch(`${origin()}/api/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
          body: ndjson(...body),
          signal: AbortSignal.timeout(5000),
        })
        if (answer.status !== 200) throw new Error(await answer.text())
        const { accepted, unchanged, stale } = (await answer.json()) as Receipt
        expect(accepted + unchanged + stale).toBe(body.length)
        for (const { id, version } of body as { id: string; version: number }[]) {
          acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0))
        }
        return
      } catch {
        failures++
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  async function writer(): Promise<void> {
    while (isOn) {
      const at = batch++
      const time = (minutes: number) =>
        new Date(Date.now() - 86_400_000 + minutes * 60_000).toISOString()
      const opening = Array.from({ length: 150 }, (_, i) =>
        ticket({
          id: `${at}-${i}`,
          receivedAt: time(i),
          dueAt: time(i + 600),
          agency: `A${i % 5}`,
          area: `R${at % 3}`,
        }),
      )
      const closing = opening
        .filter((_, i) => i % 2 === 0)
        .map((event) => ({
          ...event,
          version: 2,
          status: 'closed',
          closedAt: time(900),
          area: 'R9',
        }))
      await post(opening)
      await post(closing)
    }
  }

  const writers = [writer(), writer()]
  return {
    acknowledged,
    failures: () => failures,
    async stop() {
      isOn = false
      await Promise.all(writers)
    },
  }
}

/** Nothing acknowledged is missing, and the running server's numbers equal a recount of the facts. */
async function expectExact(db: Db, origin: string, acknowledged: ReadonlyMap<string, number>) {
  const stored = new Map(
    (await db.selectFrom('ticket').select(['id', 'version']).execute()).map((row) => [
      row.id,
      row.version,
    ]),
  )
  const lost = [...acknowledged].filter(([id, version]) => !((stored.get(id) ?? 0) >= version))
  expect(lost).toEqual([])

  const facts = await readFacts(db)
  for (const by of [undefined, 'agency', 'area', 'hour'] as const) {
    const query = `measures=${shown.join()}&window=7d${by ? `&by=${by}` : ''}`
    const answer = (await (await fetch(`${origin}/api/v1/view?${query}`)).json()) as {
      at: [number, number]
      rows: unknown
      totals: unknown
    }
    const wanted = recount(
      facts,
      { measures: shown, window: '7d', by },
      { minute: answer.at[1], calendar: calendarOf('UTC') },
    )
    expect({ rows: answer.rows, totals: answer.totals }, query).toEqual(wanted)
  }
  const journal = await db.selectFrom('journal').select('seq').orderBy('seq').execute()
  expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, i) => i + 1))
}

/** Resolves when the server has counted the whole journal. */
async function caughtUp(db: Db, origin: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { seq } = await db.selectFrom('journalHead').select('seq').executeTakeFirstOrThrow()
        const answer = await fetch(`${origin}/readyz`)
        return answer.status === 200 && ((await answer.json()) as { seq: number }).seq === seq
      },
      { timeout: 20_000 },
    )
    .toBe(true)
}

test('I2 and I1: what was acknowledged survives kill -9 of the server in the middle of batches, and the numbers are exact', async () => {
  await using database = await freshDatabase()
  await insertPolicy(database.db, opened)
  const { key } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  let origin = ''
  const start = async () => {
    const server = serverProcess({ DATABASE_URL: database.url })
    origin = await server.origin()
    return server
  }
  let server = await start()
  await using _ = { [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  const load = posting(() => origin, key)
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setTimeout(resolve, 400 + 130 * times))
    await server.stop('SIGKILL')
    server = await start()
  }
  await new Promise((resolve) => setTimeout(resolve, 300))
  await load.stop()

  expect(load.acknowledged.size).toBeGreaterThan(500)
  expect(load.failures()).toBeGreaterThan(0)
  await caughtUp(database.db, origin)
  await expectExact(database.db, origin, load.acknowledged)
  await server.stop('SIGTERM')
}, 60_000)

test('I2 and I1: what was acknowledged survives kill -9 of PostgreSQL in the middle of batches, and the server goes on by itself', async () => {
  await using folder = await dataFolder()
  const log = createLog('silent')
  const prepared = await openDatabase(
    { databaseUrl: undefined, dataDir: folder.dataDir },
    { role: 'command', log },
  )
  await insertPolicy(prepared.db, opened)
  const { key } = await addSource(prepared.db, { name: 'phone', kind: 'hotline' })
  await prepared.close()

  await using server = serverProcess({ DATA_DIR: folder.dataDir })
  const origin = await server.origin()
  const beside = await openDatabase(
    { databaseUrl: undefined, dataDir: folder.dataDir },
    { role: 'command', log },
  )
  const { url } = beside
  await beside.close()

  const load = posting(() => origin, key)
  for (let times = 0; times < 2; times++) {
    await new Promise((resolve) => setTimeout(resolve, 700))
    process.kill((await folder.postmaster())!.pid, 'SIGKILL')
    const before = load.acknowledged.size
    await expect
      .poll(() => load.acknowledged.size, { timeout: 20_000 })
      .toBeGreaterThan(before + 300)
  }
  await load.stop()

  expect(load.failures()).toBeGreaterThan(0)
  const { db, sql } = connect(url)
  await caughtUp(db, origin)
  await expectExact(db, origin, load.acknowledged)
  await sql.end({ timeout: 5 })
}, 90_000)
