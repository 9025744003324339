import { expect, test } from 'vitest'
import type { Sql } from '../../server/db/connect.ts'
import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addSource } from '../../server/sources/sources.ts'
import { goesOn } from '../support/goes-on.ts'
import { caughtUp, expectExact, opened, posting } from '../support/load.ts'
import { copyFounded, dataFolder, serverProcess } from '../support/server-process.ts'
import { smallDisk } from '../support/small-disk.ts'

test.for([
  { what: 'a table cannot grow', left: 2, isLogCut: false },
  { what: 'PostgreSQL cannot write its log and ends', left: 0, isLogCut: true },
])(
  'I2 and I1: when the disk is full and $what, intake says so, the server survives, and when there is room nothing is lost',
  { timeout: 240_000 },
  async ({ left, isLogCut }, { skip }) => {
    await using folder = await dataFolder({ empty: true })
    using disk = smallDisk(folder.dataDir, 200)
    if (!disk) return skip('Only root may mount a small disk.')
    const config = { databaseUrl: undefined, dataDir: folder.dataDir }
    await copyFounded(folder.dataDir)
    const open = () => openDatabase(config, { role: 'command', log: createLog('silent') })
    const prepared = await open()
    await insertPolicy(prepared.db, opened)
    const { key } = await addSource(prepared.db, { name: 'phone', kind: 'hotline' })
    await prepared.close()
    await using server = serverProcess({ DATA_DIR: folder.dataDir })
    const origin = await server.origin()
    const load = posting(() => origin, key)
    const count = () => load.acknowledged.size
    await goesOn({ count, by: 300, within: 60_000, server })
    const beside = await open()

    await disk.fill(left)
    if (isLogCut) await useUpLog(beside.sql)
    await expect.poll(() => whyNotReady(origin), { timeout: 30_000 }).toMatch(/^The d/)
    // Where only a table cannot grow, the log may need a segment all the same, and PostgreSQL ends too.
    if (isLogCut) await said(server, 'the embedded PostgreSQL is still away')
    const before = load.acknowledged.size
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const view = await fetch(`${origin}/api/v1/view?measures=received&window=7d`)
    expect(view.status).toBe(200)
    expect(load.acknowledged.size - before).toBeLessThan(1000)
    await disk.free()

    await goesOn({ count, by: 300, within: 60_000, server })
    await load.stop()
    expect(load.failures()).toBeGreaterThan(0)
    await caughtUp(beside.db, origin)
    await expectExact(beside.db, origin, load.acknowledged)
    await beside.close()
  },
)

/** Until a change needs a new segment of the log, for which there is no room: some may have been made beforehand. */
async function useUpLog(sql: Sql): Promise<void> {
  for (let segment = 0; segment < 12; segment++) {
    const message = sql`select pg_logical_emit_message(true, 'test', 'a change')`
    const isWritten = await message.then(() => sql`select pg_switch_wal()`).catch(() => undefined)
    if (!isWritten) return
  }
}

async function whyNotReady(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/readyz`)
  return answer.status === 200 ? '' : ((await answer.json()) as { error: string }).error
}

const said = (server: { output: string }, words: string) =>
  expect.poll(() => server.output, { timeout: 60_000 }).toContain(words)
