import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { LogReader } from '#shared/ledger/read-log.ts'
import { tilePath } from '#shared/ledger/tile.ts'

/** Milliseconds within which a server must answer, and how often it is asked again. */
const PATIENCE = 30_000
const ATTEMPTS = 5

/** A log that a server tells: its address, or that of the server whose ledger it is. */
export function serverReader(address: string): LogReader {
  const prefix = prefixOf(address)
  return {
    checkpoint: async () => (await ask(`${prefix}/checkpoint`)).text(),
    tile: async (name) =>
      new Uint8Array(await (await ask(`${prefix}/${tilePath(name)}`)).arrayBuffer()),
  }
}

/** Of a server, or of its ledger. */
export function prefixOf(address: string): string {
  const url = new URL(address)
  return url.pathname === '/' ? new URL('/ledger', url).href : url.href.replace(/\/$/, '')
}

/** Throws what can be said to whoever asked. */
export async function ask(url: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch(
      ({ cause = {}, message }: { cause?: { code?: string }; message: string }) => {
        throw new Error(`${url} does not answer: ${cause.code ?? message}`)
      },
    )
    if (response.ok) return response
    const mayCome = response.status === 429 || response.status === 503
    if (!mayCome || attempt === ATTEMPTS) throw new Error(`${url} answers ${response.status}`)
    await delay(1000 * Number(response.headers.get('retry-after') ?? 1))
  }
}

/** A log that was copied into a folder, each file under its path. */
export function folderReader(folder: string): LogReader {
  return {
    checkpoint: () => readFile(path.join(folder, 'checkpoint'), 'utf8'),
    tile: (name) => readFile(path.join(folder, tilePath(name))),
  }
}
