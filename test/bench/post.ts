import { Agent, type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Receipt } from '#shared/events.ts'

/** Sends bodies to intake over connections that stay open, as a busy source would. */
export function openPost(origin: string, key: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }

  return {
    /** Resolves to the receipt of a 200; rejects otherwise. */
    async post(bytes: Buffer): Promise<Receipt> {
      const sent = request(new URL('/api/v1/events', origin), {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': bytes.length },
      })
      const answered = new Promise<IncomingMessage>((resolve, reject) =>
        sent.once('response', resolve).once('error', reject),
      )
      sent.end(bytes)
      const answer = await answered
      const receipt = (await json(answer)) as Receipt
      if (answer.statusCode === 200) return receipt
      throw new Error(`Intake answers ${answer.statusCode}: ${JSON.stringify(receipt)}`)
    },
    close: () => agent.destroy(),
  }
}
