import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { perform } from '../../server/acts/perform.ts'
import type { Db } from '../../server/db/connect.ts'
import { actOn } from '../support/act-on.ts'
import { asked, decision } from '../support/acts.ts'
import { followRecords } from '../support/follow-records.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import type { Ending } from './records-server.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

const MISSED = 10_000
const TIMES = 20
const SOCKETS = 2000
/** People whose appointments are revoked, one after the other, and the sockets of each. */
const REVOKED = 5
const OF_EACH = 10
const LONGEST = 20_000

type Follower = ReturnType<typeof followRecords>

/** How fast a page that was away has what it missed, and how soon a socket is closed that may be no longer. */
export async function benchRecords({ stage, stop }: Setting): Promise<Figure[]> {
  console.log(`writing ${MISSED.toLocaleString('en')} acts`)
  const act = await actOn(stage.db)
  let left = MISSED - 1
  const write = async () => {
    while (left-- > 0 && !stop.aborted) await act()
  }
  await Promise.all(Array.from({ length: 4 }, write))
  await using server = await startServer(stage)
  const replays = await measureReplays(server.origin)
  return [
    {
      name: `replay of ${MISSED.toLocaleString('en')} missed records to a returning page, p95`,
      unit: 'ms',
      measured: percentile(replays, 0.95),
      wanted: { most: 500 },
    },
    { name: 'p50 of them', unit: 'ms', measured: percentile(replays, 0.5) },
    { name: 'the slowest of them', unit: 'ms', measured: percentile(replays, 1) },
    ...(await measureEnds(stage.db, server)),
  ]
}

async function startServer({ url, dataDir }: Stage) {
  const env = { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir }
  const child = fork(fileURLToPath(new URL('./records-server.ts', import.meta.url)), { env })
  const { origin } = (await once(child, 'message'))[0] as { origin: string }
  return {
    origin,
    end: (ending: Ending) => void child.send(ending),
    async [Symbol.asyncDispose]() {
      await stopped(child)
    },
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}

/** Milliseconds from dialling to the last record, over pages that come back one after the other. */
async function measureReplays(origin: string): Promise<number[]> {
  const took: number[] = []
  for (let times = 0; times < TIMES; times++) {
    const startedAt = performance.now()
    using follower = followRecords(origin)
    while (follower.records.length < MISSED) {
      if (performance.now() - startedAt > LONGEST) break
      await delay(1)
    }
    took.push(follower.records.length === MISSED ? performance.now() - startedAt : Infinity)
    // What was read for one page is not kept for the next.
    await delay(5500)
  }
  return took
}

async function measureEnds(db: Db, { origin, end }: Awaited<ReturnType<typeof startServer>>) {
  const followers: Follower[] = []
  const sessionOf = (index: number) => `session ${index}`
  while (followers.length < SOCKETS) {
    const some = Array.from({ length: 50 }, (_, i) => {
      const index = followers.length + i
      const person = `person ${Math.floor(index / OF_EACH)}`
      const headers = { 'x-person': person, 'x-session': sessionOf(index) }
      return followRecords(origin, { since: null }, headers)
    })
    await Promise.all(some.map(opened))
    followers.push(...some)
  }
  const revocations: number[] = []
  for (let person = 0; person < REVOKED; person++) {
    const own = followers.slice(person * OF_EACH, (person + 1) * OF_EACH)
    revocations.push(await closedAfter(own, () => revoke(db, `person ${person}`)))
  }
  const revoked = REVOKED * OF_EACH
  const others = followers.slice(revoked)
  const everybody = others.map((_, i) => sessionOf(i + revoked))
  const alone = await closedAfter([others[0]!], () => end({ session: everybody[0]! }))
  const all = await closedAfter(others, () => end({ everybody }))
  const open = SOCKETS.toLocaleString('en')
  const wanted = { most: 5000 }
  const unit = 'ms'
  const slowest = percentile(revocations, 1)
  return [
    {
      name: `act of revocation to the last closed socket, ${open} open, slowest of ${REVOKED}`,
      ...{ unit, measured: slowest, wanted },
    },
    { name: `ended session to closed socket, ${open} open`, unit, measured: alone, wanted },
    { name: `${open} ended sessions to the last closed socket`, unit, measured: all, wanted },
  ]
}

/** As the secretariat does it: the server finds it in the database. */
async function revoke(db: Db, person: string): Promise<void> {
  const { id } = await db
    .selectFrom('appointment')
    .select('id')
    .where('personId', '=', person)
    .executeTakeFirstOrThrow()
  await perform(db, asked('ines', decision('appointment.revoked'), { id }))
}

async function opened({ pages }: Follower): Promise<void> {
  while (pages.length === 0) await delay(10)
}

/** Milliseconds until the last of them is closed. */
async function closedAfter(followers: readonly Follower[], end: () => unknown): Promise<number> {
  const startedAt = performance.now()
  await end()
  while (followers.some(({ socket }) => socket.connected)) {
    if (performance.now() - startedAt > LONGEST) return Infinity
    await delay(5)
  }
  return performance.now() - startedAt
}
