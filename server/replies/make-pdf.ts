import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { HttpError } from '../http/errors.ts'
import type { Line } from './report-lines.ts'
import type { Heading } from './report-pdf.ts'

/** Made at once, and waiting for it: writing letters as outlines is work that nobody else shall wait for. */
const [AT_ONCE, WAITING] = [1, 8]
const running = new Set<Promise<unknown>>()
let waiting = 0

/** Made in a thread of its own. Throws a 503 when too many are being made. */
export async function makePdf(lines: Line[], heading: Heading): Promise<Buffer> {
  if (waiting >= WAITING) {
    const why = 'Too many reports are being made. Ask again in a moment.'
    throw new HttpError(503, why, { code: 'busy', retryAfter: 5 })
  }
  waiting++
  while (running.size >= AT_ONCE) await Promise.race(running)
  waiting--
  const made = inThread(lines, heading)
  running.add(made)
  return made.finally(() => running.delete(made))
}

async function inThread(lines: Line[], heading: Heading): Promise<Buffer> {
  const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
    workerData: { lines, heading },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  try {
    const [pdf] = (await once(worker, 'message')) as [Uint8Array]
    return Buffer.from(pdf)
  } finally {
    await worker.terminate()
  }
}
