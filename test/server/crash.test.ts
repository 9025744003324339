import { expect, test } from 'vitest'
import { connect } from '../../server/db/connect.ts'
import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addSource } from '../../server/sources/sources.ts'
import { freshDatabase } from '../support/database.ts'
import { goesOn } from '../support/goes-on.ts'
import { caughtUp, expectExact, opened, posting } from '../support/load.ts'
import { dataFolder, serverProcess } from '../support/server-process.ts'

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
  const count = () => load.acknowledged.size
  for (let times = 0; times < 3; times++) {
    await goesOn({ count, by: 200, within: 60_000, server })
    await new Promise((resolve) => setTimeout(resolve, 130 * times))
    await server.stop('SIGKILL')
    server = await start()
  }
  await goesOn({ count, by: 0, within: 60_000, server })
  await load.stop()

  expect(load.acknowledged.size).toBeGreaterThan(500)
  expect(load.failures()).toBeGreaterThan(0)
  await caughtUp(database.db, origin)
  await expectExact(database.db, origin, load.acknowledged)
  await server.stop('SIGTERM')
}, 240_000)

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
    await goesOn({ count: () => load.acknowledged.size, by: 300, within: 60_000, server })
  }
  await load.stop()

  expect(load.failures()).toBeGreaterThan(0)
  const { db, sql } = connect(url)
  await caughtUp(db, origin)
  await expectExact(db, origin, load.acknowledged)
  await sql.end({ timeout: 5 })
}, 180_000)
