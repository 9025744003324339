import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connect, type Db } from '../../../server/db/connect.ts'
import { openDatabase } from '../../../server/db/open-database.ts'
import { ledgerSize, newestCheckpoint } from '../../../server/ledger/queries.ts'
import { createLog } from '../../../server/log.ts'
import { serverReader } from '../../../server/verify/readers.ts'
import { readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readLog } from '#shared/ledger/read-log.ts'
import { actOn, actSeqs } from '../../support/act-on.ts'
import { freshDatabase } from '../../support/database.ts'
import type { followRecords } from '../../support/follow-records.ts'
import { goesOn } from '../../support/goes-on.ts'
import { restless } from '../../support/restless.ts'
import { dataFolder, serverProcess } from '../../support/server-process.ts'

type Follower = ReturnType<typeof followRecords>

/** Acts without end; what fails while the database is away is tried again. */
function acting(act: () => Promise<unknown>) {
  let isStopped = false
  let done = 0
  let failed = 0
  const running = (async () => {
    while (!isStopped) {
      await act().then(
        () => done++,
        () => failed++,
      )
      await delay(10 * Math.random())
    }
  })()
  return {
    done: () => done,
    failed: () => failed,
    async stop() {
      isStopped = true
      await running
    },
  }
}

async function expectAllOnce(db: Db, followers: readonly Follower[]): Promise<void> {
  const seqs = await actSeqs(db)
  for (const follower of followers) {
    await expect.poll(() => follower.at, { timeout: 60_000 }).toBe(seqs.at(-1))
    expect(follower.seqs()).toEqual(seqs)
    expect(follower.faults).toEqual([])
  }
}

test('over kills of the server and disconnections every record arrives once and in order, and no act between its leaf and a checkpoint is lost', async () => {
  await using database = await freshDatabase()
  const act = await actOn(database.db)
  let server = serverProcess({ DATABASE_URL: database.url, SOCKETS_PER_ADDRESS: '0' })
  await using _ = { [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  const origin = await server.origin()
  const env = { DATABASE_URL: database.url, PORT: new URL(origin).port, SOCKETS_PER_ADDRESS: '0' }
  const followers = Array.from({ length: 5 }, () => restless(origin))
  const load = acting(act)
  const kept: SignedCheckpoint[] = []
  let unsigned = 0
  for (let times = 0; times < 4; times++) {
    await goesOn({ count: load.done, by: 25, within: 60_000, server })
    await delay(600 * Math.random())
    kept.push(await checkpointAt(origin))
    await server.stop('SIGKILL')
    unsigned += await unsignedLeaves(database.db)
    server = serverProcess(env)
    await server.origin()
  }
  await goesOn({ count: load.done, by: 25, within: 60_000, server })
  await load.stop()
  await delay(500)
  for (const follower of followers) follower.rest()

  expect(load.done()).toBeGreaterThan(100)
  expect(Math.min(...followers.map(({ lost }) => lost()))).toBeGreaterThan(8)
  await expectAllOnce(database.db, followers)
  for (const follower of followers) follower.leave()

  // Killed while leaves were not signed yet, and they are now, after all that was signed before.
  expect(unsigned).toBeGreaterThan(0)
  await expect.poll(() => unsignedLeaves(database.db)).toBe(0)
  const { checkpoint } = await readLog(serverReader(origin), { kept })
  expect(checkpoint.size).toBeGreaterThan(kept.at(-1)!.size)
}, 240_000)

const checkpointAt = async (origin: string): Promise<SignedCheckpoint> =>
  readCheckpoint(await (await fetch(`${origin}/ledger/checkpoint`)).text())!

async function unsignedLeaves(db: Db): Promise<number> {
  return (await ledgerSize(db)) - ((await newestCheckpoint(db))?.size ?? 0)
}

test('over kills of PostgreSQL every record arrives once and in order', async () => {
  await using folder = await dataFolder()
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  await using server = serverProcess({ DATA_DIR: folder.dataDir, SOCKETS_PER_ADDRESS: '0' })
  const origin = await server.origin()
  const beside = await openDatabase(config, { role: 'command', log: createLog('silent') })
  const { url } = beside
  await beside.close()
  const { db, sql } = connect(url, { patience: 2000 })
  const act = await actOn(db)
  const followers = Array.from({ length: 5 }, () => restless(origin))
  const load = acting(act)
  for (let times = 0; times < 3; times++) {
    await delay(600 + 1000 * Math.random())
    process.kill((await folder.postmaster())!.pid, 'SIGKILL')
    await goesOn({ count: load.done, by: 20, within: 60_000, server })
  }
  await load.stop()
  await delay(500)
  for (const follower of followers) follower.rest()

  expect(load.failed()).toBeGreaterThan(0)
  await expectAllOnce(db, followers)
  for (const follower of followers) follower.leave()
  await sql.end({ timeout: 5 })
}, 240_000)
