import type { Receipt } from '#shared/events.ts'
import { addSource } from '../../server/sources/sources.ts'
import type { runningApp } from './app.ts'

type App = Awaited<ReturnType<typeof runningApp>>

/** A valid event as a source would write it; name only what the test is about. */
export function ticket(overrides: object = {}) {
  return {
    type: 'ticket',
    id: crypto.randomUUID(),
    version: 1,
    receivedAt: '2026-03-01T09:00:00Z',
    agency: 'PWD',
    status: 'open',
    ...overrides,
  }
}

export const ndjson = (...events: object[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('')

/** A source of its own, as a function that posts a body and answers status and JSON. */
export async function newSource(app: App, name = 'phone') {
  const { id, key } = await addSource(app.db, { name, kind: 'hotline' })
  return {
    id,
    key,
    async send(body: string | Buffer | ReadableStream, headers: Record<string, string> = {}) {
      const response = await fetch(`${app.origin}/api/v1/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/x-ndjson',
          ...headers,
        },
        body,
        duplex: 'half',
      } as RequestInit)
      const answer = (await response.json()) as Partial<Receipt> & { error?: string }
      return { status: response.status, ...answer }
    },
  }
}
