import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readReceipt } from '#shared/ledger/receipt.ts'
import { openLedger } from '../../server/ledger/ledger.ts'
import { newestCheckpoint } from '../../server/ledger/queries.ts'
import { newSigner, type Signer } from '../../server/ledger/signer.ts'
import { createLog } from '../../server/log.ts'
import { appointed } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { serverProcess } from '../support/server-process.ts'
import type { Figure } from './figure.ts'
import { writeLongLog } from './long-log.ts'
import { percentile } from './percentile.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

const run = promisify(execFile)
const LEAVES = 1_000_000
const PROOFS = 1000
const WARM_UP = PROOFS
const RECEIPTS = 300

/** A log of a million leaves: proofs over HTTP, all of it checked from a folder and in a browser. */
export async function benchLedger({ stage, seconds }: Setting): Promise<Figure[]> {
  // A server knows the files of the page that are there when it starts.
  await run('npx', ['vite', 'build', '--logLevel', 'warn'])
  const signer = newSigner('bench.invalid/ledger')
  const folder = await mkdtemp(path.join(tmpdir(), 'clerestory-bench-log-'))
  try {
    await writeLongLog(stage, { signer, count: LEAVES, folder })
    await writeFile(path.join(folder, 'checkpoint'), await signedBeforehand(stage, signer))
    await using server = serverProcess({ ...stage.env, LEDGER_KEY: signer.line })
    const origin = await server.origin()
    const figures = [
      ...(await proofs(origin)),
      await receipts(origin),
      ...(await untilSigned(stage, { origin, seconds })),
      await offline(folder),
      await inBrowser(origin),
    ]
    await server.stop('SIGTERM')
    return figures
  } finally {
    await rm(folder, { recursive: true })
  }
}

const checkpoint = async (origin: string): Promise<string> =>
  (await fetch(`${origin}/ledger/checkpoint`)).text()

const sizeAt = async (origin: string): Promise<number> =>
  readCheckpoint(await checkpoint(origin))?.size ?? 0

/** The checkpoint of what was written, before a server adds to it. */
async function signedBeforehand({ db }: Stage, signer: Signer): Promise<string> {
  const log = createLog('fatal')
  const config = {
    dataDir: '',
    ledgerKey: signer.line,
    ledgerWitnesses: [],
    ledgerWitnessUrls: [],
    accounts: { publicUrl: undefined },
  }
  const ledger = await openLedger({ db, config, log })
  let newest = await newestCheckpoint(db)
  for (; newest?.size !== LEAVES; newest = await newestCheckpoint(db)) await delay(100)
  await ledger.close()
  return newest.note
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const proof = (origin: string, asked: string) => async () => {
  const answer = await fetch(`${origin}/ledger/${asked}`)
  if (!answer.ok) throw new Error(`${asked} answers ${answer.status}`)
  await answer.arrayBuffer()
}

async function proofs(origin: string): Promise<Figure[]> {
  const size = await sizeAt(origin)
  const whats = ['inclusion', 'consistency', 'nothing'] as const
  const took = { inclusion: [] as number[], consistency: [] as number[], nothing: [] as number[] }
  // Code is compiled as it runs, and tiles are kept as they are read.
  for (let n = -WARM_UP; n < PROOFS; n++) {
    const place = 1 + Math.floor(Math.random() * (size - 1))
    const inclusion = `inclusion?index=${place}&size=${size}`
    const consistency = `consistency?from=${place}&to=${size}`
    const each = {
      inclusion: await timed(proof(origin, inclusion)),
      consistency: await timed(proof(origin, consistency)),
      nothing: await timed(proof(origin, 'keys')),
    }
    if (n >= 0) for (const what of whats) took[what].push(each[what])
  }
  const p99 = (what: keyof typeof took) => percentile(took[what], 0.99)
  const limit = { of: 'one row of one column', value: p99('nothing') }
  return [
    {
      name: 'inclusion proof of 1 million leaves, p99',
      unit: 'ms',
      measured: p99('inclusion'),
      wanted: { most: 5 },
      limit,
    },
    {
      name: 'consistency proof of 1 million leaves, p99',
      unit: 'ms',
      measured: p99('consistency'),
      wanted: { most: 10 },
      limit,
    },
  ]
}

async function receipts(origin: string): Promise<Figure> {
  const receipt: unknown = await (await fetch(`${origin}/ledger/receipt/leaf/777777`)).json()
  const took: number[] = []
  for (let n = 0; n < RECEIPTS; n++) took.push(await timed(() => readReceipt(receipt)))
  return {
    name: 'a receipt verified, p99',
    unit: 'ms',
    measured: percentile(took, 0.99),
    wanted: { most: 10 },
  }
}

/** Eight who act without pause; of each act of one of them, when it is signed. */
async function untilSigned(
  { db, sql }: Stage,
  { origin, seconds }: { origin: string; seconds: number },
) {
  const until = performance.now() + seconds * 1000
  const took: number[] = []
  let acts = 0
  const act = async () => {
    for (; performance.now() < until; acts++) await appointed(db, `observer ${acts}`)
  }
  const watch = async () => {
    while (performance.now() < until) {
      const id = await appointed(db, 'watched')
      const [leaf] = await sql`select index from leaf where act_id = ${id}`
      took.push(
        await timed(async () => {
          while ((await sizeAt(origin)) <= (leaf!.index as number)) await delay(10)
        }),
      )
    }
  }
  await Promise.all([...Array.from({ length: 8 }, act), watch()])
  const figures: Figure[] = [
    {
      name: 'from an act to its checkpoint, the longest',
      unit: 'ms',
      measured: percentile(took, 1),
      wanted: { most: 2000 },
    },
    {
      name: 'acts meanwhile',
      unit: '/s',
      measured: acts / seconds,
      wanted: { least: 500 },
    },
  ]
  return figures
}

async function offline(folder: string): Promise<Figure> {
  const took = await timed(() => run(process.execPath, ['server/verify/cli.ts', folder]))
  return {
    name: '1 million leaves verified from a folder',
    unit: 's',
    measured: took / 1000,
    wanted: { most: 20 },
  }
}

async function inBrowser(origin: string): Promise<Figure> {
  await using chromium = await openBrowser()
  const page = await chromium.newPage()
  await page.goto(`${origin}/ledger`)
  const took = await timed(async () => {
    await page.getByRole('button', { name: 'Check the whole log' }).click()
    await page.locator('progress').waitFor()
    await page.locator('[data-verdict=whole]').waitFor({ timeout: 600_000 })
  })
  await page.close()
  return {
    name: '1 million leaves verified in a browser',
    unit: 's',
    measured: took / 1000,
    wanted: { most: 60 },
  }
}
