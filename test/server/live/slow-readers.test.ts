import { expect, test } from 'vitest'
import type { ViewSpec } from '#shared/view.ts'
import { protocol } from '#shared/wire.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { watchMemory } from '../../support/memory.ts'
import { type PausablePage, pausablePage } from '../../support/pausable-page.ts'
import { serverProcess } from '../../support/server-process.ts'

/**
 * A large set, of which one ticket of yesterday changes every row: a patch is 600 kB. The kernel
 * holds some of them for who does not read; what comes after is the server's to hold, or not.
 */
const views: ViewSpec[] = Array.from({ length: 12 }, (_, i) => ({
  id: `${i}`,
  measures: ['received', 'closed', 'open'],
  window: '24h',
  by: 'minute',
}))

/** Those that the server has taken out of their room. */
async function slowReaders(origin: string): Promise<number> {
  const metrics = await (await fetch(`${origin}/metrics`)).text()
  return Number(/^clerestory_slow_readers (\d+)$/m.exec(metrics)?.[1])
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('I11: half of the readers pause: the others see everything in time, memory is bounded, and those who read on are current within 5 s', async () => {
  await using database = await freshDatabase()
  const { key } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  await using server = serverProcess({ DATABASE_URL: database.url, SOCKETS_PER_ADDRESS: '0' })
  const origin = await server.origin()
  let sent = 0
  const send = async (): Promise<void> => {
    const event = ticket({ receivedAt: new Date(Date.now() - 1430 * 60_000).toISOString() })
    const answer = await fetch(`${origin}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: ndjson(event),
    })
    sent = ((await answer.json()) as { seq: number }).seq
  }
  const open = (count: number): Promise<PausablePage[]> =>
    Promise.all(Array.from({ length: count }, () => pausablePage(origin, { protocol, views })))
  const [quick, slow] = [await open(8), await open(8)]
  for (let times = 0; times < 4; times++) {
    await send()
    await sleep(300)
  }
  const memory = await watchMemory(server.pid)
  for (const page of slow) page.pause()
  let slowest = 0
  let out = 0
  for (let times = 0; times < 60 && out < slow.length; times++) {
    await send()
    const startedAt = performance.now()
    await expect
      .poll(() => quick.every((page) => page.seq() >= sent), { timeout: 5000, interval: 20 })
      .toBe(true)
    slowest = Math.max(slowest, performance.now() - startedAt)
    out = await slowReaders(origin)
  }
  const behind = slow.filter((page) => page.seq() < sent).length
  const grown = await memory.grownBy()
  for (const page of slow) page.resume()

  expect(behind).toBe(slow.length)
  expect(out).toBe(slow.length)
  expect(slowest).toBeLessThan(5000)
  expect(grown).toBeLessThan(50)
  await expect
    .poll(() => slow.every((page) => page.seq() >= sent), { timeout: 5000, interval: 20 })
    .toBe(true)
  await expect.poll(() => slowReaders(origin), { timeout: 5000 }).toBe(0)
  for (const page of [...quick, ...slow]) page.close()
}, 60_000)
