import type { Logger } from 'pino'
import type { Verifier } from '#shared/ledger/key.ts'
import { proveConsistency, type ReadTile } from '#shared/ledger/prove.ts'
import { writeSubmission } from '#shared/ledger/submission.ts'
import type { Db } from '../db/connect.ts'
import { acceptCosignature } from './cosignatures.ts'
import { newestCheckpoint, type StoredCheckpoint } from './queries.ts'

interface Options {
  db: Db
  /** Where they are asked: what comes before `/add-checkpoint`. */
  addresses: readonly string[]
  witnesses: readonly Verifier[]
  tiles: ReadTile
  log: Logger
  /** Milliseconds after which they are asked for a newer one. */
  every?: number
}

export interface Asking {
  close(): Promise<void>
}

/** A log grows by the second; that others saw it is told by the tens of seconds. */
const EVERY = 10_000
/** Milliseconds within which a witness must answer. */
const PATIENCE = 10_000

interface Asked {
  address: string
  /** Of what it signed last, as far as is known here. */
  size: number
  isSilent: boolean
}

/** Asks each witness to sign the newest checkpoint (C2SP tlog-witness), and keeps what it signs. */
export function askWitnesses(options: Options): Asking {
  const { db, log, every = EVERY } = options
  const all = options.addresses.map((address): Asked => ({ address, size: 0, isSilent: false }))
  const stopping = new AbortController()
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false

  async function askAll(): Promise<void> {
    const newest = await newestCheckpoint(db)
    if (newest) await Promise.all(all.map((one) => askOne(one, newest)))
  }

  async function askOne(one: Asked, newest: StoredCheckpoint): Promise<void> {
    if (one.size === newest.size) return
    try {
      await haveSigned(options, one, { newest, signal: stopping.signal })
      one.isSilent = false
    } catch (error) {
      if (!one.isSilent && !stopping.signal.aborted) {
        log.warn({ err: error, witness: one.address }, 'a witness did not sign the ledger')
      }
      one.isSilent = true
    }
  }

  function look(): void {
    if (isRunning) return
    isRunning = true
    running = askAll()
      .catch((error: unknown) => log.error({ err: error }, 'no witness could be asked'))
      .finally(() => (isRunning = false))
  }

  const timer = setInterval(look, every)
  look()
  return {
    async close() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

interface Submitting {
  newest: StoredCheckpoint
  signal: AbortSignal
}

/** A witness that signed another size than is known here says which: then it is asked once more, from there. */
async function haveSigned(options: Options, one: Asked, { newest, signal }: Submitting) {
  const { db, witnesses } = options
  let answer = await submit(options, one, { newest, signal })
  if (answer.status === 409) {
    const size = Number(await answer.text())
    if (!(size >= 0 && size < newest.size)) {
      throw new Error(`It signed another log of ${size} leaves, or a longer one.`)
    }
    one.size = size
    answer = await submit(options, one, { newest, signal })
  }
  const told = await answer.text()
  if (!answer.ok) throw new Error(`It answers ${answer.status}: ${told.slice(0, 200)}`)
  await acceptCosignature(db, witnesses, newest.note + told)
  one.size = newest.size
}

async function submit({ tiles }: Options, one: Asked, { newest, signal }: Submitting) {
  const { size: from } = one
  const { size: to, note } = newest
  const proof = from === 0 ? [] : await proveConsistency(tiles, { from, to })
  return fetch(`${one.address.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: writeSubmission(from, proof, note),
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  })
}
