import { parseArgs } from 'node:util'
import { readVerifier, type Verifier } from '#shared/ledger/key.ts'

export interface Arguments {
  /** Of the log, or of the server whose ledger it is. */
  address: string
  name: string
  folder: string
  port: number
  /** Milliseconds between two looks. */
  every: number
  /** The log's, as somebody was told it. */
  key: Verifier | undefined
  /** Addresses of other witnesses. */
  beside: readonly string[]
}

const options = {
  name: { type: 'string', default: 'witness.invalid' },
  folder: { type: 'string', default: './witness' },
  port: { type: 'string', default: '3900' },
  every: { type: 'string', default: '5' },
  key: { type: 'string' },
  beside: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const

/** What the command was told; 'help': only that was asked for. Throws what is wrong, in a sentence. */
export function readArguments(args: string[]): Arguments | 'help' {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
  if (values.help) return 'help'
  const [address, ...more] = positionals
  if (address === undefined || more.length > 0) throw new Error('Name one ledger, by its address.')
  const { folder, name, key, beside = [] } = values
  if (!/^[^\s+]+$/u.test(name)) throw new Error(`--name ${name}: no spaces and no plus signs.`)
  return {
    ...{ address: addressIn(address), name, folder, key: keyIn(key) },
    port: numberIn('port', values.port, { least: 0, most: 65_535 }),
    every: 1000 * numberIn('every', values.every, { least: 0.1, most: 86_400 }),
    beside: beside.map(addressIn),
  }
}

function addressIn(text: string): string {
  if (/^https?:/.test(text) && URL.canParse(text)) return text
  throw new Error(`${text} is no address: it looks like https://city.example.`)
}

function keyIn(line: string | undefined): Verifier | undefined {
  if (line === undefined) return undefined
  const key = readVerifier(line.trim())
  if (key) return key
  throw new Error(`${line} is no key of a log: it looks like name+id+base64.`)
}

interface Bounds {
  least: number
  most: number
}

function numberIn(name: string, text: string, { least, most }: Bounds): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && number <= most) return number
  throw new Error(`--${name} ${text}: it takes a number from ${least} to ${most}.`)
}
