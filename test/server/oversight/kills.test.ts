import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { connect, type Db, type Sql } from '../../../server/db/connect.ts'
import { openDatabase } from '../../../server/db/open-database.ts'
import { createLog } from '../../../server/log.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { actSeqs } from '../../support/act-on.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { restless } from '../../support/restless.ts'
import { dataFolder, serverProcess } from '../../support/server-process.ts'
import { type Cast, castOf, tell, talePolicy, type ToldAct } from './tale.ts'

const limits = { SOCKETS_PER_ADDRESS: '0', REQUESTS_PER_MINUTE: '0', SIGN_INS_PER_MINUTE: '0' }

async function prepare(db: Db): Promise<string> {
  await insertPolicy(db, talePolicy)
  return (await addSource(db, { name: 'phone', kind: 'hotline' })).key
}

/** Tells intake of another ticket, again until it is taken. */
function moving(origin: string, key: string) {
  return async () => {
    const receivedAt = new Date(Date.now() - 60_000).toISOString()
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
    const body = ndjson(ticket({ receivedAt, area: 'Old' }))
    for (;;) {
      const answer = await fetch(`${origin}/api/v1/events`, {
        method: 'POST',
        headers,
        body,
      }).catch(() => undefined)
      if (answer?.status === 200) return
      await delay(100)
    }
  }
}

/** Tells one tale after the other, three at once, until it is stopped. */
function telling(stage: { origin: string; move: () => Promise<void> }, cast: Cast) {
  const acknowledged: ToldAct[] = []
  let isStopped = false
  const heard = async (act: ToldAct) => void acknowledged.push(act)
  const teller = async () => {
    while (!isStopped) await tell({ ...stage, heard }, cast)
  }
  const tellers = [teller(), teller(), teller()]
  return {
    acknowledged,
    async stop() {
      isStopped = true
      await Promise.all(tellers)
    },
  }
}

const firstLink = (output: string): string => /http:\S+\/welcome#\S+/.exec(output)![0]

interface Expected {
  db: Db
  sql: Sql
  acknowledged: readonly ToldAct[]
  followers: readonly ReturnType<typeof restless>[]
}

/** Nothing acknowledged is lost or done twice, all records came once and in order, and all acts fold to what is there. */
async function expectWhole({ db, sql, acknowledged, followers }: Expected): Promise<void> {
  const rows = await db.selectFrom('act').select(['id', 'seq', 'kind', 'key']).execute()
  const stored = new Map(rows.map((row) => [row.key, row]))
  for (const { id, seq, kind, key } of acknowledged) {
    expect(stored.get(key)).toEqual({ id, seq, kind, key })
  }
  const ofTales = rows.filter(({ kind }) => !/^(appointment|account)\./.test(kind))
  expect(ofTales).toHaveLength(acknowledged.length)
  const seqs = await actSeqs(db)
  for (const follower of followers) {
    await expect.poll(() => follower.at, { timeout: 60_000 }).toBe(seqs.at(-1))
    expect(follower.seqs()).toEqual(seqs)
    expect(follower.faults).toEqual([])
  }
  expect((await checkActs(sql)).differences).toEqual([])
}

/** How often each is killed: `KILLS` asks for more than the ordinary run has time for. */
const KILLS = Number(process.env.KILLS ?? 1)

test('over kills of PostgreSQL and of the server whole stories are told: nothing acknowledged is lost or done twice, and records come once and in order', async () => {
  await using folder = await dataFolder()
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  const log = createLog('silent')
  const prepared = await openDatabase(config, { role: 'command', log })
  const key = await prepare(prepared.db)
  await prepared.close()
  let server = serverProcess({ DATA_DIR: folder.dataDir, ...limits })
  await using _ = { [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
  const origin = await server.origin()
  const env = { DATA_DIR: folder.dataDir, PORT: new URL(origin).port, ...limits }
  const stage = { origin, move: moving(origin, key) }
  await expect.poll(() => server.output).toContain('/welcome#')
  const cast = await castOf(stage, firstLink(server.output))
  const followers = [restless(origin), restless(origin)]
  const tales = telling(stage, cast)
  let before = 0
  const toldOn = () =>
    expect.poll(() => tales.acknowledged.length, { timeout: 40_000 }).toBeGreaterThan(before)
  const kill = {
    postgres: async () => void process.kill((await folder.postmaster())!.pid, 'SIGKILL'),
    async server() {
      await server.stop('SIGKILL')
      server = serverProcess(env)
      await server.origin()
    },
  }
  const victims = Array.from({ length: KILLS }, () => ['postgres', 'server'] as const).flat()
  for (const victim of victims) {
    await toldOn()
    await delay(300 + 900 * Math.random())
    before = tales.acknowledged.length + 6
    await kill[victim]()
  }
  await toldOn()
  await tales.stop()
  for (const follower of followers) follower.rest()

  expect(tales.acknowledged.length).toBeGreaterThanOrEqual(27)
  const beside = await openDatabase(config, { role: 'command', log })
  const { db, sql } = connect(beside.url)
  await expectWhole({ db, sql, acknowledged: tales.acknowledged, followers })
  for (const follower of followers) follower.leave()
  await sql.end({ timeout: 5 })
  await beside.close()
}, 180_000)
