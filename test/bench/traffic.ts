import { setTimeout as delay } from 'node:timers/promises'
import { bodyOf } from './load.ts'
import { openPost } from './post.ts'
import type { Stage } from './stage.ts'

/** What intake answered 200 to. */
export interface Committed {
  seq: number
  /** When the 200 was there, in milliseconds since 1970. */
  at: number
}

interface Rate {
  origin: string
  eventsASecond: number
  /** Events of one request. */
  atOnce: number
  seconds: number
  stop: AbortSignal
}

/** Bodies are of a run of their own: none follows on what an earlier run sent. */
let nextNumber = 1_000_000

/** Sends at the rate, whether or not earlier requests were answered. Resolves when all are. */
export async function sendSteadily(stage: Stage, rate: Rate): Promise<Committed[]> {
  const { post, close } = openPost(rate.origin, stage.key)
  const bodies = smallBodies(rate)
  const committed: Promise<Committed>[] = []
  const startedAt = performance.now()
  for (const [index, body] of bodies.entries()) {
    if (rate.stop.aborted) break
    const due = startedAt + (index * rate.atOnce * 1000) / rate.eventsASecond
    await delay(Math.max(0, due - performance.now()))
    const answered = post(body).then(({ seq }) => ({ seq, at: now() }))
    answered.catch(() => {})
    committed.push(answered)
  }
  const all = await Promise.all(committed)
  close()
  return all
}

const now = (): number => performance.timeOrigin + performance.now()

/** Tickets that are opened and, some batches later, closed. */
function smallBodies({ eventsASecond, atOnce, seconds }: Rate): Buffer[] {
  const wanted = Math.ceil((seconds * eventsASecond) / atOnce)
  const bodies: Buffer[] = []
  while (bodies.length < wanted) {
    const lines = bodyOf(nextNumber++, Date.now()).bytes.toString().trimEnd().split('\n')
    for (let at = 0; at < lines.length; at += atOnce) {
      bodies.push(Buffer.from(lines.slice(at, at + atOnce).join('\n')))
    }
  }
  return bodies.slice(0, wanted)
}
