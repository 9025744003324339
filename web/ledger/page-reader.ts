import type { LogReader } from '#shared/ledger/read-log.ts'
import type { Receipt } from '#shared/ledger/receipt.ts'
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

/** Milliseconds until what was just done is signed, and how often it is asked for. */
const SIGNED_WITHIN = 2000
const ATTEMPTS = 5

/** Its place in the log, as soon as that is signed; undefined: it has none, or nobody waits for it any more. */
export async function leafOfAct(act: number, isGone: () => boolean): Promise<number | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS && !isGone(); attempt++) {
    const receipt = (await receiptOfAct(act).catch(() => 'unanswered')) as
      Receipt | string | undefined
    if (typeof receipt !== 'string') return receipt?.index
    await new Promise((resolve) => setTimeout(resolve, SIGNED_WITHIN))
  }
  return undefined
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

export interface Answered {
  /** 0: it was not answered. */
  status: number
  body: unknown
}

/** Asks `/api/v1`, whatever it answers; with `told`, by POST. */
export async function tryApi(path: string, told?: object): Promise<Answered> {
  const signal = AbortSignal.timeout(PATIENCE)
  const headers = { 'content-type': 'application/json' }
  const sent = told && { method: 'POST', headers, body: JSON.stringify(told) }
  const answer = await fetch(`/api/v1/${path}`, { signal, ...sent }).catch(() => undefined)
  const body: unknown = await answer?.json().catch(() => undefined)
  return { status: answer && body !== undefined ? answer.status : 0, body }
}

/** Of `/api/v1`; undefined: it was not answered. */
export async function askApi(path: string): Promise<unknown> {
  const { status, body } = await tryApi(path)
  return status === 200 ? body : undefined
}

/** Of a leaf by its place. */
export const receiptOfLeaf = async (index: number): Promise<unknown> =>
  (await ask(`receipt/leaf/${index}`)).json()

/** As verifier lines, the one that signs now last. */
export const keys = async (): Promise<string[]> =>
  (await (await ask('keys')).text()).trim().split('\n')

/** That the log at one size is the beginning of the log at a greater one. */
export async function consistency(from: number, to: number): Promise<unknown> {
  return (await ask(`consistency?from=${from}&to=${to}`)).json()
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
