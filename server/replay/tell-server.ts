import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { EventJson } from '../import/event-of.ts'
import { InputError } from '../import/input-error.ts'
import type { Receiver } from './receivers.ts'

const ATTEMPTS = 20

export interface ServerAddress {
  url: string
  /** A source's key. */
  key: string
}

const Fault = z.looseObject({ line: z.int(), path: z.string(), error: z.string() })
const Receipt = z.looseObject({
  accepted: z.int(),
  unchanged: z.int(),
  conflicting: z.int(),
  stale: z.int(),
  rejected: z.array(Fault),
  rejectedUnlisted: z.int().default(0),
})

/** Through the intake of a server, as any source does. A resend is harmless, so it is patient. */
export function tellServer(address: ServerAddress): Receiver {
  return async (events) => {
    const body = events.map((event) => JSON.stringify(event)).join('\n')
    const { rejected, rejectedUnlisted, ...outcome } = await post(address, body)
    return {
      ...outcome,
      rejected: rejected.length + rejectedUnlisted,
      reasons: rejected.map((fault) => describe(fault, events)),
    }
  }
}

function describe({ line, path, error }: z.infer<typeof Fault>, events: readonly EventJson[]) {
  return `${events[line - 1]?.id}: ${path}: ${error}`
}

async function post({ url, key }: ServerAddress, body: string): Promise<z.infer<typeof Receipt>> {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(new URL('/api/v1/events', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body,
    }).catch((error: Error) => error)
    if (answer instanceof Response && (answer.ok || answer.status === 400)) {
      return readReceipt(url, answer)
    }
    if (attempt === ATTEMPTS || !mayPass(answer)) throw await refusal(url, answer)
    await delay(waitFor(answer))
  }
}

/** Also a 400 holds one, when every event was rejected. */
async function readReceipt(url: string, answer: Response): Promise<z.infer<typeof Receipt>> {
  const copy = answer.clone()
  const receipt = Receipt.safeParse(await answer.json().catch(() => undefined))
  const isAnswer = receipt.success && (answer.ok || receipt.data.rejected.length > 0)
  if (isAnswer) return receipt.data
  throw await refusal(url, copy)
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
