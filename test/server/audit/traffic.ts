import { setTimeout as delay } from 'node:timers/promises'
import { DAY, HOUR } from '#shared/time.ts'
import type { runningApp } from '../../support/app.ts'
import { addSource } from '../../../server/sources/sources.ts'

type App = Awaited<ReturnType<typeof runningApp>>

/** Milliseconds. */
const PAUSE = 20

/** Posts events of random tickets over the last months; later rounds are newer versions of some. */
export async function traffic(app: App) {
  const { key } = await addSource(app.db, { name: 'phone', kind: 'hotline' })
  const now = Date.now()
  const random = randomNumbers(7)
  let version = 0

  async function post(count: number): Promise<void> {
    version++
    const events = Array.from({ length: count }, () => randomEvent({ random, version, now }))
    const response = await app.post('/api/v1/events', JSON.stringify(events), {
      authorization: `Bearer ${key}`,
    })
    if (response.status !== 200) throw new Error(await response.text())
  }

  return {
    post,
    /** Posts again and again until `during` has settled; between two of them the others come to something. */
    async postWhile<T>(during: Promise<T>): Promise<T> {
      let isOver = false
      void during.catch(() => {}).finally(() => (isOver = true))
      while (!isOver) {
        await post(20)
        await delay(PAUSE)
      }
      return during
    },
  }
}

interface Chance {
  random: () => number
  version: number
  now: number
}

function randomEvent({ random, version, now }: Chance) {
  const pick = (prefix: string, n: number) => `${prefix}${Math.floor(random() * n)}`
  const iso = (at: number) => new Date(Math.min(at, now)).toISOString()
  const id = Math.floor(random() * 3000)
  const receivedAt = now - ((id * 7919) % 3000) * (HOUR + 60_000 * 13)
  const closedAt = receivedAt + random() ** 3 * 40 * DAY
  const isClosed = random() < 0.6 && closedAt < now
  const again = closedAt + random() * DAY
  const isReopened = random() < 0.1 && again < now
  return {
    type: 'ticket',
    id: `T${id}`,
    version,
    receivedAt: iso(receivedAt),
    agency: pick('agency-', 5),
    area: pick('area-', 12),
    category: pick('category-', 20),
    ...(random() < 0.5 && { channel: pick('channel-', 3) }),
    language: pick('lang-', 2),
    status: isReopened ? 'open' : isClosed ? 'closed' : random() < 0.05 ? 'withdrawn' : 'open',
    ...(random() < 0.7 && { respondedAt: iso(receivedAt + random() * DAY) }),
    ...(random() < 0.7 && { dueAt: new Date(receivedAt + 10 * DAY).toISOString() }),
    ...(isClosed && !isReopened && { closedAt: iso(closedAt) }),
    ...(isReopened && { reopenings: [{ closedAt: iso(closedAt), at: iso(again) }] }),
  }
}

/** The same numbers in every run (mulberry32, public domain). */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
