import { setTimeout as delay } from 'node:timers/promises'
import { serverProcess } from '../support/server-process.ts'
import { copiedColumns } from '../../server/tickets/read-tickets.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import { processorTime } from './processor.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

const TIMES = 5

/** From the start of the process to a 200 of `/readyz`, on a database with a city. */
export async function benchStart({ stage, tickets }: Setting): Promise<Figure[]> {
  const took: number[] = []
  const used: number[] = []
  for (let time = 0; time < TIMES; time++) {
    const { seconds, processor } = await startOnce(stage)
    took.push(seconds)
    used.push(processor ?? NaN)
  }
  const cursor = await readByCursor(stage)
  return [
    {
      name: `start to ready with ${tickets.toLocaleString('en')} tickets, slowest of ${TIMES}`,
      unit: 's',
      measured: Math.max(...took),
      wanted: { most: 5 },
      limit: { of: 'a plain cursor over the rows', value: cursor },
    },
    { name: 'start to ready, p50', unit: 's', measured: percentile(took, 0.5) },
    { name: 'processor of the server for it, p50', unit: 's', measured: percentile(used, 0.5) },
  ]
}

async function startOnce({ url, env }: Stage) {
  const startedAt = performance.now()
  await using server = serverProcess({ ...env, DATABASE_URL: url })
  const origin = await server.origin()
  while ((await fetch(`${origin}/readyz`)).status !== 200) await delay(10)
  const seconds = (performance.now() - startedAt) / 1000
  const milliseconds = await processorTime(server.pid)
  await server.stop('SIGTERM')
  return { seconds, processor: milliseconds === null ? null : milliseconds / 1000 }
}

/** Seconds in which the driver hands over what a start reads, and nothing is done with it. */
async function readByCursor({ sql }: Stage): Promise<number> {
  const startedAt = performance.now()
  let rows = 0
  const all = sql`select ${sql.unsafe(copiedColumns)} from ticket`.cursor(1000)
  for await (const some of all) rows += some.length
  if (rows === 0) throw new Error('No ticket is stored.')
  return (performance.now() - startedAt) / 1000
}
