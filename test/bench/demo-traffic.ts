import { setTimeout as delay } from 'node:timers/promises'
import type { Deployment } from '#shared/deployment.ts'
import { randomFrom } from '../../server/demo/random.ts'
import { openPost } from './post.ts'

const EVERY = 250
const AT_ONCE = 10

interface Options {
  origin: string
  key: string
  stop: AbortSignal
}

/** Tickets of the demonstration city's own agencies, areas and categories, 40 a second until `end`. */
export function demoTraffic({ origin, key, stop }: Options) {
  const { post, close } = openPost(origin, key)
  const ending = new AbortController()
  const sent = send()
  sent.catch(() => {})

  async function send(): Promise<void> {
    const answer = await fetch(`${origin}/api/v1/deployment`)
    const ticket = ticketMaker((await answer.json()) as Deployment)
    while (!stop.aborted && !ending.signal.aborted) {
      const lines = Array.from({ length: AT_ONCE }, () => JSON.stringify(ticket()))
      await post(Buffer.from(lines.join('\n')))
      await delay(EVERY)
    }
  }

  return {
    /** Rejects when intake did not take everything. */
    async [Symbol.asyncDispose](): Promise<void> {
      ending.abort()
      await sent
      close()
    },
  }
}

function ticketMaker({ members }: Deployment): () => object {
  const random = randomFrom(7)
  let number = 0
  const one = (dimension: 'agency' | 'area' | 'category') => {
    const codes = members[dimension] ?? []
    return codes[Math.floor(random() * codes.length)]?.code
  }
  return () => ({
    type: 'ticket',
    id: `bench-${++number}`,
    version: 1,
    receivedAt: new Date().toISOString(),
    agency: one('agency'),
    area: one('area'),
    category: one('category'),
    status: 'open',
  })
}
