import type { LogReader } from '#shared/ledger/read-log.ts'
import { tilePath } from '#shared/ledger/tile.ts'

/** Milliseconds. */
const PATIENCE = 20_000

/** What the server did not answer. */
export class Unanswered extends Error {}

/** The log of the server that this page came from. */
export const ownLog: LogReader = {
  checkpoint: async () => (await ask('checkpoint')).text(),
  tile: async (name) => new Uint8Array(await (await ask(tilePath(name))).arrayBuffer()),
}

/** Undefined: there is no such act in the log. */
export async function receiptOfAct(act: number): Promise<unknown> {
  const answer = await ask(`receipt/act/${act}`, [404])
  return answer.ok ? answer.json() : undefined
}

export interface LastSigned {
  key: string
  name: string
  size: number
}

/** Of each witness what it signed last. */
export async function witnesses(): Promise<readonly LastSigned[]> {
  const told = (await (await ask('witnesses')).json()) as { witnesses: LastSigned[] }
  return told.witnesses
}

async function ask(path: string, expected: readonly number[] = []): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE)
  // What the browser remembers of tiles, which never change, proves nothing of what is served now.
  const answer = await fetch(`/ledger/${path}`, { signal, cache: 'no-store' }).catch(
    () => undefined,
  )
  if (answer && (answer.ok || expected.includes(answer.status))) return answer
  throw new Unanswered(path)
}
