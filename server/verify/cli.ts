import { parseArgs } from 'node:util'
import { Broken } from '#shared/ledger/break.ts'
import { verify } from './verify.ts'

const USAGE = `npm run verify -- URL|FOLDER|FILE [--key LINE] [--checkpoint FILE|URL]… [--keep FILE] [--foreign]

  Checks a ledger without trusting whoever serves it, and without its program's database: every leaf, all that
  binds them, and the signatures. URL: a server, or its ledger. FOLDER: a copy of a log (C2SP tlog-tiles).
  FILE: a receipt.

  --key LINE         the log's key, as you were told it: name+id+base64
  --checkpoint FILE  a checkpoint that you kept: whether nothing was rewritten since. URL: one that a witness
                     shows, such as http://witness:3900/checkpoint
  --keep FILE        writes the newest checkpoint there, for another time
  --foreign          the log of another program: its leaves are not read, only hashed

  Exit code 0: it is whole. 1: it is not, and the first break is named. 2: it could not be checked, and it is said why.`

const options = {
  key: { type: 'string' },
  checkpoint: { type: 'string', multiple: true },
  keep: { type: 'string' },
  foreign: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

process.exit(await run(process.argv.slice(2)))

async function run(args: string[]): Promise<number> {
  const asked = understood(args)
  if (typeof asked === 'string') return unchecked(`${asked}\n\n${USAGE}`)
  const { values, positionals } = asked
  if (values.help) return say(USAGE, 0)
  const [what, ...more] = positionals
  if (what === undefined || more.length > 0) return unchecked(USAGE)
  const { key, checkpoint: checkpoints = [], keep, foreign: isForeign } = values
  try {
    const found = await verify({ what, key, checkpoints, keep, isForeign, onProgress: tell })
    return say(found.join('\n'), 0)
  } catch (error) {
    if (!(error instanceof Broken)) return unchecked((error as Error).message)
    const { kind, index, says } = error.found
    return say(`BROKEN, ${kind}${index === null ? '' : ` at ${index}`}: ${says}`, 1)
  }
}

/** Or what is not understood of it. */
function understood(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    return (error as Error).message
  }
}

function say(text: string, code: number): number {
  console.log(text)
  return code
}

function unchecked(why: string): number {
  console.error(why)
  return 2
}

function tell(read: number, of: number): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r${read} of ${of}${read === of ? '\n' : ''}`)
}
