import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Policy } from '#shared/policy.ts'
import { NONE, type ViewState } from '#shared/view.ts'
import { createApp } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import { listen } from '../../../server/listen.ts'
import { createLog } from '../../../server/log.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { requireEventClock } from '../../../server/replay/check-clock.ts'
import { readTickets } from '../../../server/replay/history.ts'
import { planAsItWas } from '../../../server/replay/plan.ts'
import { replay } from '../../../server/replay/replay.ts'
import { tellServer } from '../../../server/replay/tell-server.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import {
  boston,
  type Cells,
  countBy,
  instantOf,
  moments,
  months,
  openIn,
  readBoston,
} from './boston-file.ts'

type City = Awaited<ReturnType<typeof bostonServer>>

const policy = Policy.parse(JSON.parse(readFileSync('mappings/boston-311.policy.json', 'utf8')))
const stop = new AbortController().signal
const print = () => {}

/** A whole server on a free port that goes by Boston's policy from the start. */
async function bostonServer(clock: 'database' | 'events') {
  const database = await freshDatabase()
  await insertPolicy(database.db, policy)
  const config = { ...readConfig({}), demo: false, clock }
  const app = createApp({ ...database, config, log: createLog('silent') })
  const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
  await app.ready
  const origin = `http://127.0.0.1:${port}`

  return {
    ...database,
    origin,
    async [Symbol.asyncDispose]() {
      await app.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function view(city: City, query: string): Promise<ViewState & { seq: number }> {
  const response = await fetch(`${city.origin}/api/v1/view?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as ViewState & { seq: number }
}

async function total(city: City, query: string, column: string): Promise<number> {
  const { columns, totals } = await view(city, query)
  return totals[columns.findIndex(({ id }) => id === column)] as number
}

/** Resolves when the server has counted all that is stored. */
async function settled(city: City): Promise<void> {
  const [head] = await city.sql`select seq from journal_head`
  while ((await view(city, 'measures=received&window=1h')).seq < head!.seq) await delay(100)
}

const utcMinute = (local: string) => `${new Date(instantOf(local)).toISOString().slice(0, 16)}Z`
const nextMonth = (month: string) => Temporal.PlainYearMonth.from(month).add({ months: 1 })

describe.skipIf(!boston)('Boston through a running server', () => {
  let city: City
  let rows: Cells[]

  beforeAll(async () => {
    city = await bostonServer('database')
    rows = await readBoston()
    const mapping = await findMapping('boston-311')
    await importFiles({ db: city.db, files: [boston!], mapping, stop, print })
    await settled(city)
  })

  afterAll(() => city[Symbol.asyncDispose]())

  test.each([
    ['agency', 'department'],
    ['category', 'reason'],
    ['area', 'neighborhood'],
  ])('received by %s is what the file says by %s', async (by, column) => {
    const window = '2011-07-01/2011-11-01'
    const answer = await view(city, `measures=received&by=${by}&window=${window}`)

    const theirs = countBy(rows, (row) => row[column]!.trim() || NONE)
    expect(new Map(answer.rows as [string, number][])).toEqual(theirs)
    expect(answer.totals[1]).toBe(41_827)
  })

  test.each(months)('%s has what the file received, closed and had fall due', async (month) => {
    const query = `measures=received,closed,onTimeRate&window=${month}-01/${nextMonth(month)}-01`
    const inMonth = (column: string) => rows.filter((row) => row[column]!.startsWith(month)).length

    expect(await total(city, query, 'received')).toBe(inMonth('open_dt'))
    expect(await total(city, query, 'closed')).toBe(inMonth('closed_dt'))
    expect(await total(city, query, 'onTimeRate.n')).toBe(inMonth('target_dt'))
  })

  test('as many were closed on time, of as many, as the city’s labels say', async () => {
    const query = 'measures=onTimeRateClosed&window=2011-07-01/2020-01-01'

    expect(await total(city, query, 'onTimeRateClosed.numerator')).toBe(27_324)
    expect(await total(city, query, 'onTimeRateClosed.n')).toBe(33_469)
  })

  test.each(moments)('the backlog of %s is what the file says', async (moment) => {
    const query = `measures=open&window=2011-06-01T00:00Z/${utcMinute(moment)}`

    expect(await total(city, query, 'open')).toBe(openIn(rows, moment).length)
  })
})

describe.skipIf(!boston)('July of Boston, replayed to a server that goes by the events', () => {
  const UNTIL = '2011-08-01 00:00:00'

  test('the live board ends where the file stood', { timeout: 120_000 }, async () => {
    await using city = await bostonServer('events')
    const { key } = await addSource(city.db, { name: 'Boston', kind: 'file' })
    const rows = await readBoston()
    const { tickets } = await readTickets([boston!], await findMapping('boston-311'))
    const plan = planAsItWas(tickets, { from: undefined, until: instantOf(UNTIL) })

    await requireEventClock(city.origin)
    const tell = tellServer({ url: city.origin, key })
    await replay(plan, tell, { speed: Infinity, timeZone: policy.timeZone, stop, print })
    await settled(city)

    const july = 'window=2011-07-01/2011-08-01'
    const closed = rows.filter((row) => row.closed_dt && row.closed_dt < UNTIL).length
    expect(await total(city, `measures=received&${july}`, 'received')).toBe(9854)
    expect(await total(city, `measures=closed&${july}`, 'closed')).toBe(closed)
    expect(await total(city, 'measures=open&window=today', 'open')).toBe(openIn(rows, UNTIL).length)
  })
})
