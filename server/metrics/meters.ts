import type { Receipt } from '#shared/events.ts'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { ofProcess } from './of-process.ts'

/** A number the process tells about itself when asked. */
export interface Reading {
  name: string
  help: string
  /** NaN while there is nothing to tell. */
  read: () => number
}

/** Who or what was sent away. */
export type Refused = 'address' | 'source' | 'key' | 'sockets' | 'views' | 'sign-in'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const BYTES = [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]

export type Meters = ReturnType<typeof openMeters>

/** What the process counts about itself. No label takes a value from outside: their number is fixed. */
export function openMeters() {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'clerestory_http_seconds',
    help: 'Time to answer requests',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const events = new Counter({
    name: 'clerestory_intake_events_total',
    help: 'What became of events sent over HTTP',
    labelNames: ['outcome'],
    registers,
  })
  const failures = new Counter({
    name: 'clerestory_intake_failures_total',
    help: 'Bodies that the database kept from their end',
    registers,
  })
  const batches = new Histogram({
    name: 'clerestory_intake_batch_seconds',
    help: 'Time until a batch is durable',
    buckets: SECONDS,
    registers,
  })
  const publishing = new Histogram({
    name: 'clerestory_publish_seconds',
    help: 'Time to send the patches of a tick',
    buckets: SECONDS,
    registers,
  })
  const patches = new Histogram({
    name: 'clerestory_patch_bytes',
    help: 'Size of the patches, each counted once for its room',
    buckets: BYTES,
    registers,
  })
  const refusals = new Counter({
    name: 'clerestory_refused_total',
    help: 'Requests and sockets beyond a limit',
    labelNames: ['limit'],
    registers,
  })

  return {
    /** To be told as one. */
    registries: [ofProcess(), registry],
    answered: (at: { route: string; status: string }, milliseconds: number) =>
      requests.observe(at, milliseconds / 1000),
    took(receipt: Omit<Receipt, 'seq'> & { rejectedUnlisted?: number }): void {
      for (const outcome of ['accepted', 'unchanged', 'conflicting', 'stale'] as const) {
        events.inc({ outcome }, receipt[outcome])
      }
      const { rejected, rejectedUnlisted = 0 } = receipt
      events.inc({ outcome: 'rejected' }, rejected.length + rejectedUnlisted)
    },
    failed: () => failures.inc(),
    wrote: (milliseconds: number) => batches.observe(milliseconds / 1000),
    published: (milliseconds: number) => publishing.observe(milliseconds / 1000),
    patched: (bytes: number) => patches.observe(bytes),
    refused: (limit: Refused) => refusals.inc({ limit }),
    add(readings: readonly Reading[]): void {
      for (const { name, help, read } of readings) {
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read())
          },
        })
      }
    },
  }
}
