import { createServer, type RequestListener, type Server } from 'node:http'
import { fingerprintOf, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { type Verifier, verifierLine } from '#shared/ledger/key.ts'
import type { Witness } from './witness.ts'

/** `GET /`: what it saw, as JSON. `/checkpoint`: what it signed last, with its signature. `/key`: who it is. */
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

  const listener: RequestListener = (req, res) => {
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
