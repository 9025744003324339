import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ViewState } from '#shared/view.ts'
import { DAY } from '#shared/time.ts'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import type { Tally } from '../../../server/import/tally.ts'
import { runningApp } from '../../support/app.ts'

const FILE = '../shared/data/nyc-casework/nyc-council-casework-2015-to-2020.csv.gz'
if (!existsSync(FILE)) console.warn(`New York's casework is skipped: ${FILE} is not there.`)

/** How far a percentile may be from the truth. */
const BIN_ERROR = 0.014

/** How many rows each key has, read without our mapping: it comes first in a row, and lines end within quotes alone. */
function countKeys(): Map<string, number> {
  const rows = gunzipSync(readFileSync(FILE))
    .toString()
    .replaceAll(/"[^"]*"/g, '')
    .split('\n')
  const counts = new Map<string, number>()
  for (const row of rows.slice(1)) {
    const key = row.slice(0, row.indexOf(','))
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

describe.skipIf(!existsSync(FILE))('New York’s casework, 2015 to 2020', () => {
  let app: Awaited<ReturnType<typeof runningApp>>
  let keys: Map<string, number>
  let tally: Tally

  beforeAll(async () => {
    app = await runningApp()
    keys = countKeys()
    const mapping = await findMapping('nyc-casework')
    const stop = new AbortController().signal
    const job = { db: app.db, files: [FILE], mapping, stop, print: () => {} }
    tally = (await importFiles(job))[0]!
  }, 240_000)

  afterAll(() => app[Symbol.asyncDispose]())

  async function view(query: string): Promise<ViewState> {
    const response = await app.get(`/api/v1/view?${query}`)
    return (await response.json()) as ViewState
  }

  test('rows with one key are one ticket, and every row is accounted for', async () => {
    const again = 257_813 - keys.size
    const { read, accepted, unchanged, conflicting, stale, rejected } = tally

    expect([read, keys.size]).toEqual([257_813, 257_718])
    expect([accepted + rejected, unchanged + conflicting + stale]).toEqual([keys.size, again])
    const [stored] = await app.sql`select count(*) as n, count(distinct id) as ids from ticket`
    expect(stored).toEqual({ n: keys.size, ids: keys.size })
  })

  test('of two rows with one key the first is kept, which still has its fields', async () => {
    const twice = [...keys].filter(([, count]) => count > 1).map(([key]) => key)
    const [bare] = await app.sql`
      select count(*) as n from ticket where id in ${app.sql(twice)} and area = 0 and category = 0
    `
    expect(twice.length).toBeGreaterThan(0)
    expect(bare!.n).toBe(0)
  })

  test('dates are taken for no more than dates', async () => {
    const [finer] = await app.sql`
      select count(*) as n from ticket where precision <> 'day'
        or received_at <> date_trunc('day', received_at, 'America/New_York')
        or closed_at <> date_trunc('day', closed_at, 'America/New_York')
    `
    expect(finer!.n).toBe(0)
  })

  test('what only knows dates has no instant closes', async () => {
    const { columns, totals } = await view(
      'measures=instantCloseShare&window=2015-01-01/2021-01-01',
    )
    const instant = columns.findIndex(({ id }) => id === 'instantCloseShare.numerator')

    expect(totals[instant]).toBe(0)
    expect(totals[instant + 1]).toBeGreaterThan(200_000)
  })

  test('no percentile is under a day, though on many days most were closed the day they came', async () => {
    const { columns, rows } = await view('measures=timeToClose&by=day&window=2020-01-01/2021-01-01')
    const p50 = columns.findIndex(({ id }) => id === 'timeToClose.p50')
    const medians = rows.map((row) => row[p50] as number | null).filter((one) => one !== null)

    // In seconds, and as exact as the bins of a histogram are.
    const least = Math.min(...medians) / (DAY / 1000)
    expect(least).toBeGreaterThanOrEqual(1 - BIN_ERROR)
    expect(least).toBeLessThanOrEqual(1 + BIN_ERROR)
  })
})
