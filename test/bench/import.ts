import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import { copyTickets } from './copy.ts'
import type { Figure } from './figure.ts'
import { processorTime } from './processor.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'
import type { Usage } from './tell-usage.ts'

const FILE = path.resolve('../shared/data/nyc-casework/nyc-council-casework-2015-to-2020.csv.gz')
/** Of which some tell the same ticket again. */
const ROWS = 257_813

interface Ran extends Usage {
  seconds: number
  /** Milliseconds of processor that PostgreSQL used, null where that cannot be known. */
  postgres: number | null
}

/** `npm run import` of a real city beside a running PostgreSQL, from the command's start to its end. */
export async function benchImport({ stage, stop }: Setting): Promise<Figure[]> {
  if (!existsSync(FILE)) {
    console.log(`The import is not measured: ${FILE} is not there.`)
    return []
  }
  await empty(stage)
  const ran = await runImport(stage, stop)
  return figuresOf(ran, await copyTickets(stage))
}

/** For a run from the start; no server may be running. */
async function empty({ sql }: Stage): Promise<void> {
  await sql`truncate ticket, ticket_history`
  await sql`delete from journal`
  await sql`update journal_head set seq = 0, newest_at = null`
}

async function runImport({ dataDir, postmaster }: Stage, signal: AbortSignal): Promise<Ran> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'clerestory-bench-'))
  const before = (await processorTime(postmaster)) ?? NaN
  const startedAt = performance.now()
  const usage = await importFile(cwd, { DATA_DIR: dataDir }, signal)
  const seconds = (performance.now() - startedAt) / 1000
  const after = (await processorTime(postmaster)) ?? NaN
  await rm(cwd, { recursive: true })
  const postgres = after - before
  return { ...usage, seconds, postgres: Number.isNaN(postgres) ? null : postgres }
}

async function importFile(cwd: string, env: Record<string, string>, signal: AbortSignal) {
  const tellUsage = path.resolve('test/bench/tell-usage.ts')
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(
    process.execPath,
    ['--import', tellUsage, ...(await script()), FILE, '--as', 'nyc-casework'],
    { cwd, env: { ...inherited, ...env }, signal, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] },
  )
  const usage = json(child.stdio[3] as Readable)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The import ends with ${code}.`)
  return (await usage) as Usage
}

/** What `npm run import` gives to Node, flags and all. */
async function script(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Scripts }
  const words = scripts.import.split(' ').slice(1)
  return words.map((word) => (word.endsWith('.ts') ? path.resolve(word) : word))
}

interface Scripts {
  import: string
}

function figuresOf({ seconds, processor, postgres, memory }: Ran, copied: number): Figure[] {
  const perThousand = (milliseconds: number | null) =>
    milliseconds === null ? null : (milliseconds / ROWS) * 1000
  return [
    {
      name: 'import of New York casework',
      unit: 'rows/s',
      measured: ROWS / seconds,
      wanted: { least: 20_000 },
      limit: { of: 'plain COPY of the tickets', value: copied },
    },
    { name: 'memory of the import', unit: 'MB', measured: memory, wanted: { most: 300 } },
    {
      name: 'processor of the import for 1,000 rows',
      unit: 'ms',
      measured: perThousand(processor),
    },
    {
      name: 'processor of PostgreSQL for 1,000 rows',
      unit: 'ms',
      measured: perThousand(postgres),
    },
  ]
}
