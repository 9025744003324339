import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Receipt } from '#shared/events.ts'
import type { EventJson } from '../import/event-of.ts'
import { InputError } from '../import/input-error.ts'
import type { Receiver } from './receivers.ts'

const ATTEMPTS = 20

export interface ServerAddress {
  url: string
  /** A source's key. */
  key: string
}

const Receipt = z.looseObject({
  accepted: z.int(),
  unchanged: z.int(),
  conflicting: z.int(),
  stale: z.int(),
  rejected: z.array(z.looseObject({ line: z.int(), path: z.string(), error: z.string() })),
}) satisfies z.ZodType<Omit<Receipt, 'seq'>>

/** Through the intake of a server, as any source does. A resend is harmless, so it is patient. */
export function tellServer(address: ServerAddress): Receiver {
  return async (events) => {
    const response = await post(address, events.map((event) => JSON.stringify(event)).join('\n'))
    const { rejected, ...outcome } = Receipt.parse(await response.json())
    return { ...outcome, rejected: rejected.map((fault) => describe(fault, events)) }
  }
}

function describe(
  fault: { line: number; path: string; error: string },
  events: readonly EventJson[],
) {
  return `${events[fault.line - 1]?.id}: ${fault.path}: ${fault.error}`
}

async function post({ url, key }: ServerAddress, body: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(new URL('/api/v1/events', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body,
    }).catch((error: Error) => error)
    if (response instanceof Response && response.ok) return response
    if (attempt === ATTEMPTS || !mayPass(response)) throw await refusal(url, response)
    await delay(waitFor(response))
  }
}

/** Too much at once, or a server that is starting: both pass. */
function mayPass(answer: Response | Error): boolean {
  return !(answer instanceof Response) || answer.status === 429 || answer.status === 503
}

function waitFor(answer: Response | Error): number {
  const seconds = answer instanceof Response ? Number(answer.headers.get('retry-after')) : 0
  return seconds > 0 ? seconds * 1000 : 500
}

async function refusal(url: string, answer: Response | Error): Promise<Error> {
  if (!(answer instanceof Response)) {
    return new InputError(`${url} does not answer: ${answer.cause ?? answer.message}`)
  }
  return new InputError(`${url} answers ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
}
