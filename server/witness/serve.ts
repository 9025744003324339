import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { fingerprintOf, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { type Verifier, verifierLine } from '#shared/ledger/key.ts'
import type { Witness } from './witness.ts'

/** Bytes of a checkpoint with its proof. */
const MOST = 64 * 1024

/**
 * `GET /`: what it saw, as JSON. `/checkpoint`: what it signed last, with its signature. `/key`: who it is.
 * `POST /add-checkpoint`, as C2SP tlog-witness says: the old size, a proof and a checkpoint; answers its signature.
 */
export function serveWitness(witness: Witness, verifier: Verifier): Server {
  const answers: Record<string, () => { type: string; body: string | undefined }> = {
    '/': () => ({ type: 'application/json', body: JSON.stringify(seen(), null, 2) }),
    '/checkpoint': () => ({ type: 'text/plain', body: witness.kept.checkpoint ?? undefined }),
    '/key': () => ({ type: 'text/plain', body: `${verifierLine(verifier)}\n` }),
  }

  function seen() {
    const { checkpoint: note, breaks } = witness.kept
    const checkpoint = note === null ? undefined : readCheckpoint(note)
    const { origin = null, size = 0 } = checkpoint ?? {}
    const fingerprint = checkpoint ? fingerprintOf(checkpoint) : null
    return { witness: verifierLine(verifier), log: origin, size, fingerprint, breaks }
  }

  async function add(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const told = await bodyOf(req)
    if (told === undefined) return void res.writeHead(413, { connection: 'close' }).end()
    const { status, type, body } = await witness.add(told)
    res.writeHead(status, { 'content-type': type }).end(body)
  }

  const listener: RequestListener = (req, res) => {
    if (req.method === 'POST' && req.url === '/add-checkpoint') {
      return void add(req, res).catch(() => res.writeHead(500).end())
    }
    const answer = req.method === 'GET' ? answers[req.url ?? '']?.() : undefined
    if (answer?.body === undefined) return void res.writeHead(404).end()
    res.writeHead(200, {
      'content-type': `${answer.type}; charset=utf-8`,
      'cache-control': 'no-cache',
    })
    res.end(answer.body)
  }
  return createServer(listener)
}

/** Undefined: it is too long. */
async function bodyOf(req: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of req as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
