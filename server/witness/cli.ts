import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { verifierLine } from '#shared/ledger/key.ts'
import { prefixOf, serverReader } from '../verify/readers.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { witnessSigner } from './kept.ts'
import { serveWitness } from './serve.ts'
import { openWitness, type Witness } from './witness.ts'

const USAGE = `npm run witness -- URL [--name NAME] [--folder DIR] [--port PORT] [--every SECONDS] [--key LINE] [--beside URL]…

  Follows a ledger from outside: reads every leaf, checks that it goes on from what it was, signs each checkpoint with
  the time (C2SP tlog-cosignature), and serves what it saw. What does not go on is named, and not signed.

  --name NAME      who this witness is, for ever: an address without its scheme
  --folder DIR     where its key and what it signed are kept; ./witness
  --port PORT      where it serves: / as JSON, /checkpoint, /key, and POST /add-checkpoint for the log that asks it
                   to sign (C2SP tlog-witness); 3900
  --every SECONDS  how often it looks; 5
  --key LINE       the log's key, as you were told it; else the first that is seen
  --beside URL     another witness: whether both were shown the same log

  It runs until it is stopped; what breaks is said on standard error, and kept. Exit code 0: it was told to stop.
  2: it could not begin, and it is said why.`

process.exit(await run(process.argv.slice(2)))

async function run(args: string[]): Promise<number> {
  const asked = understood(args)
  if (asked === 'help') return say(USAGE, 0)
  if (typeof asked === 'string') return say(`${asked}\n\n${USAGE}`, 2)
  try {
    await follow(asked)
    return 0
  } catch (error) {
    return say((error as Error).message, 2)
  }
}

/** Or what is not understood of it. */
function understood(args: string[]): Arguments | string {
  try {
    return readArguments(args)
  } catch (error) {
    return (error as Error).message
  }
}

function say(text: string, code: number): number {
  if (code === 0) console.log(text)
  else console.error(text)
  return code
}

/** Until it is told to stop. */
async function follow({ address, name, folder, port, every, key, beside }: Arguments) {
  const signer = await witnessSigner(folder, name)
  const witness = await openWitness({
    ...{ reader: serverReader(address), signer, folder, key },
    others: beside.map((url) => async () => (await fetch(new URL('/checkpoint', url))).text()),
  })
  const server = serveWitness(witness, signer.verifier).listen(port)
  await once(server, 'listening')
  console.log(`${verifierLine(signer.verifier)} follows ${address}`)
  console.log(`what it sees is served on port ${(server.address() as AddressInfo).port}`)

  const stopping = new AbortController()
  const { signal } = stopping
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  for (let said = 0; !signal.aborted;) {
    const signed = await witness.look().catch(sayWhy)
    if (signed !== undefined) await tellLog(address, signed)
    said = sayBreaks(witness, said)
    await delay(every, undefined, { signal }).catch(() => {})
  }
  server.close()
}

/** And goes on: the log may answer again. */
function sayWhy(error: Error): undefined {
  console.error(error.message)
}

/** Those after the first `said`; answers how many there are. */
function sayBreaks({ kept: { breaks } }: Witness, said: number): number {
  for (const { kind, index, says } of breaks.slice(said)) {
    console.error(`BROKEN, ${kind}${index === null ? '' : ` at ${index}`}: ${says}`)
  }
  return breaks.length
}

/** The log shows what it accepts. */
async function tellLog(url: string, signed: string): Promise<void> {
  const answer = await fetch(`${prefixOf(url)}/cosignatures`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: signed,
  }).catch(() => undefined)
  const size = signed.split('\n')[1]
  if (answer?.ok) return console.log(`signed ${size} leaves`)
  const { error } = Object(await answer?.json().catch(() => undefined)) as { error?: string }
  console.log(`signed ${size} leaves, which the log does not show: ${error ?? 'it did not answer'}`)
}
