import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import type { Db, Sql } from '../../../server/db/connect.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { followRecords } from '../../support/follow-records.ts'
import { visitors } from '../../support/visitors.ts'

const DAY = 86_400
/** Seconds until it is midnight. */
const LEFT = 12

type Change = 'none' | 'forward' | 'back'

/** A zone in which it is midnight soon, and clocks are changed then, as POSIX writes it. */
function zoneAt(now: number, change: Change): string {
  const east = ((DAY - LEFT - (now % DAY) + DAY / 2 + DAY) % DAY) - DAY / 2
  const local = new Date(1000 * (now + east))
  const first = Date.UTC(local.getUTCFullYear(), 0, 1) / 1000
  // Days are counted from zero, leap days too.
  const tomorrow = Math.floor((now + east - first) / DAY) + 1
  const half = (tomorrow + 180) % 365
  if (change === 'none') return `<T>${posix(east)}`
  if (change === 'forward')
    return `<T>${posix(east)}<S>${posix(east + 3600)},${tomorrow}/0,${half}/0`
  return `<T>${posix(east - 3600)}<S>${posix(east)},${half}/0,${tomorrow}/0`
}

/** West of Greenwich is positive. */
function posix(east: number): string {
  const seconds = Math.round(Math.abs(east))
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
  const told = parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
  return `${east > 0 ? '-' : '+'}${told}`
}

/** It is not the clock that is moved but the zone: the database is asked for its time as always. */
async function moveZone(sql: Sql, change: Change): Promise<{ today: string; midnight: number }> {
  const [row] = await sql`select extract(epoch from clock_timestamp())::float8 as now`
  const now = Math.ceil(row!.now as number)
  const zone = zoneAt(now, change)
  await sql`update policy set body = jsonb_set(body, '{timeZone}', to_jsonb(${zone}::text))`
  const [date] = await sql`select local_date(clock_timestamp()) as today`
  return { today: date!.today as string, midnight: 1000 * (now + LEFT) }
}

async function city() {
  const { sessions, headers } = visitors()
  // Where it is the earliest date: the secretariat's first day has begun wherever the zone is moved.
  const policy = { ...defaultPolicy, timeZone: 'Etc/GMT+12' }
  const prepare = (db: Db) => insertPolicy(db, policy)
  const app = await actingApp({ sessions, prepare })
  return { ...app, headers, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

interface Try {
  status: number
  sentAt: number
  doneAt: number
}

/** Appoints one after the other until then, by the database's clock, which is this machine's. */
async function tryUntil(end: number, once: () => Promise<{ status: number }>): Promise<Try[]> {
  const tries: Try[] = []
  while (Date.now() < end) {
    const sentAt = Date.now()
    const { status } = await once()
    tries.push({ status, sentAt, doneAt: Date.now() })
    await delay(50)
  }
  return tries
}

// At once: each waits for a midnight of its own.
test.concurrent.for(['none', 'forward'] as const)(
  'I9: a term that ends tonight lets its last second act and not midnight, and the socket goes within 5 s (clocks moved: %s)',
  { timeout: 30_000 },
  async (change, { expect }) => {
    await using app = await city()
    const { today, midnight } = await moveZone(app.sql, change)
    const term = { role: 'secretariat', until: today }
    const made = await app.act('ines', '/api/v1/appointments', appointing('mei', term))
    expect(made.status).toBe(201)
    using follower = followRecords(app.origin, { since: 0 }, app.headers('mei', 'a'))
    await expect.poll(() => follower.pages.length).toBeGreaterThan(0)

    await delay(midnight - 3000 - Date.now())
    let people = 0
    const tries = await tryUntil(midnight + 1000, () =>
      app.act('mei', '/api/v1/appointments', appointing(`person ${people++}`)),
    )
    const before = tries.filter(({ doneAt }) => doneAt < midnight)
    const after = tries.filter(({ sentAt }) => sentAt >= midnight)
    expect(before.some(({ sentAt }) => sentAt > midnight - 1000)).toBe(true)
    expect(new Set(before.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set([403]))
    const [late] = await app.sql`
      select count(*)::int as n from act where person_id = 'mei'
        and at >= to_timestamp(${midnight}::float8 / 1000)`
    expect(late!.n).toBe(0)

    await expect
      .poll(() => follower.socket.connected, { timeout: midnight + 5000 - Date.now() })
      .toBe(false)
    expect(follower.outs).toEqual([{ reason: 'appointment' }])
  },
)

test.concurrent(
  'I9: where clocks go back at midnight the last day of a term has an hour more',
  { timeout: 30_000 },
  async ({ expect }) => {
    await using app = await city()
    const { today, midnight } = await moveZone(app.sql, 'back')
    const term = { role: 'secretariat', until: today }
    await app.act('ines', '/api/v1/appointments', appointing('mei', term))
    using follower = followRecords(app.origin, { since: 0 }, app.headers('mei', 'a'))
    await expect.poll(() => follower.pages.length).toBeGreaterThan(0)
    await delay(midnight + 2500 - Date.now())

    const { status } = await app.act('mei', '/api/v1/appointments', appointing('somebody'))
    expect(status).toBe(201)
    expect(follower.socket.connected).toBe(true)
  },
)
