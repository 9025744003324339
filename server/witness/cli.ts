import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readVerifier, verifierLine } from '#shared/ledger/key.ts'
import { prefixOf, serverReader } from '../verify/readers.ts'
import { witnessSigner } from './kept.ts'
import { serveWitness } from './serve.ts'
import { openWitness } from './witness.ts'

const USAGE = `npm run witness -- URL [--name NAME] [--folder DIR] [--port PORT] [--every SECONDS] [--key LINE] [--beside URL]…

  Follows a ledger from outside: reads every leaf, checks that it goes on from what it was, signs each checkpoint with
  the time (C2SP tlog-cosignature), and serves what it saw. What does not go on is named, and not signed.

  --name NAME      who this witness is, for ever: an address without its scheme
  --folder DIR     where its key and what it signed are kept; ./witness
  --port PORT      where it serves: / as JSON, /checkpoint, /key, and POST /add-checkpoint for the log that asks it
                   to sign (C2SP tlog-witness); 3900
  --every SECONDS  how often it looks; 5
  --key LINE       the log's key, as you were told it; else the first that is seen
  --beside URL     another witness: whether both were shown the same log`

const options = {
  name: { type: 'string', default: 'witness.invalid' },
  folder: { type: 'string', default: './witness' },
  port: { type: 'string', default: '3900' },
  every: { type: 'string', default: '5' },
  key: { type: 'string' },
  beside: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const

const { values, positionals } = parseArgs({ options, allowPositionals: true, strict: true })
const [address] = positionals
if (values.help || address === undefined) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 2)
}

const signer = await witnessSigner(values.folder, values.name)
const key = values.key === undefined ? undefined : readVerifier(values.key)
if (values.key !== undefined && !key) throw new Error(`${values.key} is no key of a log.`)
const witness = await openWitness({
  reader: serverReader(address),
  signer,
  folder: values.folder,
  key,
  others: (values.beside ?? []).map(
    (url) => async () => (await fetch(new URL('/checkpoint', url))).text(),
  ),
})
const server = serveWitness(witness, signer.verifier).listen(Number(values.port))
console.log(`${verifierLine(signer.verifier)} follows ${address}`)

let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true))
let said = 0
while (!isStopped) {
  const signed = await witness.look().catch((error: unknown) => void console.error(String(error)))
  if (signed !== undefined) await tellLog(address, signed)
  for (; said < witness.kept.breaks.length; said++) {
    const { kind, index, says } = witness.kept.breaks[said]!
    console.error(`BROKEN, ${kind}${index === null ? '' : ` at ${index}`}: ${says}`)
  }
  for (let waited = 0; waited < Number(values.every) * 1000 && !isStopped; waited += 100)
    await delay(100)
}
server.close()

/** The log shows what it accepts. */
async function tellLog(url: string, signed: string): Promise<void> {
  const answer = await fetch(`${prefixOf(url)}/cosignatures`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: signed,
  }).catch(() => undefined)
  const size = signed.split('\n')[1]
  console.log(`signed ${size} leaves${answer?.ok ? '' : ', which the log does not show'}`)
}
