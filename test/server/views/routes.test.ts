import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { splitKey } from '#shared/view.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

beforeAll(async () => {
  app = await runningApp({
    prepare: (db) =>
      insertPolicy(db, { ...defaultPolicy, opened: ['agency', 'area'], timeZone: 'Asia/Kolkata' }),
  })
  const source = await newSource(app)
  await source.send(
    ndjson(
      ticket({
        receivedAt: ago(2),
        area: 'Allston / Brighton',
        status: 'closed',
        closedAt: ago(1),
        dueAt: ago(0.5),
      }),
      ticket({ receivedAt: ago(3), agency: '=1+1', area: 'North' }),
      ticket({ receivedAt: ago(30), agency: null, area: 'North, West' }),
      ticket({
        receivedAt: '1999-05-05T10:00:00Z',
        status: 'closed',
        closedAt: '1999-05-06T10:00:00Z',
      }),
    ),
  )
  const isCounted = async () => (await view('measures=received&window=7d')).totals[1] === 3
  await vi.waitUntil(isCounted, { timeout: 30_000 })
})
afterAll(() => app[Symbol.asyncDispose]())

interface Answer {
  status: number
  error?: string
  path?: string
  seq: number
  at: [number, number]
  columns: { id: string }[]
  rows: [string, ...number[]][]
  totals: (number | null)[]
  definitions: Record<string, Measure>
}

async function view(query: string): Promise<Answer> {
  const answer = await app.get(`/api/v1/view?${query}`)
  return { status: answer.status, ...((await answer.json()) as Omit<Answer, 'status'>) }
}

test('answers columns, rows, totals, and what each measure means', async () => {
  const answer = await view('measures=received,onTimeRate&by=agency&window=7d')

  expect(answer.columns.map(({ id }) => id)).toEqual([
    'agency',
    'received',
    'onTimeRate',
    'onTimeRate.numerator',
    'onTimeRate.n',
  ])
  expect(answer.rows).toEqual([
    ['(none)', 1, null, 0, 0],
    ['=1+1', 1, null, 0, 0],
    ['PWD', 1, 1, 1, 1],
  ])
  expect(answer.totals).toEqual([null, 3, 1, 1, 1])
  expect(answer.seq).toBeGreaterThan(0)
  const { version, clock, countedAt, judge, formula, fields, text } = measures.onTimeRate
  const definition = { version, clock, countedAt, judge, formula, fields, text }
  expect(answer.definitions.onTimeRate).toEqual(definition)
  expect(answer.definitions.onTimeRate!.formula).toContain('÷')
})

test('a filter takes any spelling, several values, and a code with a comma by its spelling', async () => {
  expect((await view('measures=received&window=7d&area=allston-brighton')).totals[1]).toBe(1)
  expect((await view('measures=received&window=7d&area=NORTH,north-west')).totals[1]).toBe(2)
  expect(
    (await view('measures=received&window=7d&area=North&area=allston%20%2F%20brighton')).totals[1],
  ).toBe(2)
  expect((await view('measures=received&window=7d&agency=(none)')).totals[1]).toBe(1)
})

test('rows by hour cover the window without gaps, in the local hours of the city', async () => {
  const { rows, totals } = await view('measures=received,open&window=24h&by=hour')

  expect([24, 25]).toContain(rows.length)
  expect(rows.every(([key]) => key.endsWith(':30Z'))).toBe(true)
  expect(rows.reduce((sum, [, received]) => sum + received!, 0)).toBe(totals[1])
  expect(rows.at(-1)![2]).toBe(totals[2])
})

test('rows of members over time say who and when, add up, and leave out where nothing is', async () => {
  const { columns, rows, totals } = await view('measures=received,open&by=area&over=day&window=7d')
  const byArea = await view('measures=received,open&by=area&window=7d')

  expect(columns.map(({ id }) => id)).toEqual(['area day', 'received', 'open'])
  const parted = rows.map(([key, ...cells]) => [...splitKey(key), ...cells] as const)
  expect(totals).toEqual(byArea.totals)
  const today = parted
    .map(([, step]) => step)
    .sort()
    .at(-1)
  for (const [code, received, open] of byArea.rows) {
    const own = parted.filter(([of]) => of === code)
    expect(own.reduce((sum, [, , n]) => sum + n!, 0)).toBe(received)
    expect(own.find(([, step]) => step === today)?.[3] ?? 0).toBe(open)
  }
  expect(new Set(parted.map(([code]) => code))).toEqual(new Set(byArea.rows.map(([code]) => code)))
  expect(parted.every(([, step]) => step.endsWith('T18:30Z'))).toBe(true)
  expect(rows.every(([, ...cells]) => cells.some((cell) => cell !== 0))).toBe(true)
  expect(parted.filter(([code]) => code === 'Allston / Brighton')).toHaveLength(1)
})

test('CSV of members over time has a column for each', async () => {
  const answer = await app.get(
    '/api/v1/view.csv?measures=received&by=agency&over=day&window=7d&agency=PWD',
  )

  expect(await answer.text()).toMatch(
    /^agency,day,received\r\nPWD,\d{4}-\d\d-\d\dT18:30Z,1\r\n,,1\r\n$/,
  )
})

test('a range older than the cube is counted from the facts', async () => {
  const { totals, rows } = await view(
    'measures=received,closed,open&by=day&window=1999-05-01/1999-05-08',
  )

  expect(totals).toEqual([null, 1, 1, 0])
  expect(rows).toHaveLength(7)
  expect(rows.find(([key]) => key.startsWith('1999-05-04T18:30'))).toEqual([
    '1999-05-04T18:30Z',
    1,
    0,
    1,
  ])
})

test('how old the backlog is counts the same from the facts as from the cube', async () => {
  const ages = async (window: string) =>
    (await view(`measures=backlogAge&window=${window}`)).totals.slice(-2)

  const [median, oldest] = await ages('24h')
  expect(oldest! / 3600).toBeCloseTo(30, 1)
  expect(median! / 3600).toBeCloseTo(16.5, 1)
  const minute = 60
  for (const [place, age] of (await ages('1990-01-01/2100-01-01')).entries()) {
    expect(age! - [median!, oldest!][place]!).toBeOneOf([0, minute])
  }
  expect(await ages('1990-01-01/2026-01-01')).toEqual([null, null])
})

test('a close older than the range counts in it when its 14 days end there', async () => {
  const { totals } = await view('measures=reopenRate&window=1999-05-10/1999-05-30')

  expect(totals).toEqual([null, 0, 0, 1])
})

test.each(['0000-01-01/2026-01-01', '0001-01-01/2026-01-01', '1000-01-01/9999-01-01'])(
  'a range of %s is counted too, and the period before it',
  async (window) => {
    const answer = await view(`measures=received&window=${window}`)
    expect(answer).toMatchObject({ status: 200, totals: [null, expect.any(Number)] })
    expect(answer.totals[1]).toBeGreaterThan(0)
    const previous = await view(`measures=received&window=${window}&period=previous`)
    expect(previous).toMatchObject({ status: 200, totals: [null, 0] })
  },
)

test('CSV has the same rows, and no cell that a spreadsheet would run', async () => {
  const answer = await app.get('/api/v1/view.csv?measures=received&by=agency&window=7d')

  expect(answer.headers.get('content-type')).toContain('text/csv')
  expect(await answer.text()).toBe("agency,received\r\n(none),1\r\n'=1+1,1\r\nPWD,1\r\n,3\r\n")
})

test('what was shown is answered again for its pair, as JSON and as CSV', async () => {
  const query = 'measures=received,open&by=agency&window=7d'
  const before = await view(query)
  const source = await newSource(app, 'web')
  await source.send(ndjson(ticket({ receivedAt: ago(1), agency: 'Parks' })))
  await expect.poll(async () => (await view(query)).seq).toBe(before.seq + 1)

  const at = before.at.join()
  const again = await view(`${query}&at=${at}`)
  const csv = await (await app.get(`/api/v1/view.csv?${query}&at=${at}`)).text()

  expect(again).toMatchObject({ status: 200, basis: 'past', at: before.at })
  expect([again.rows, again.totals]).toEqual([before.rows, before.totals])
  expect(csv).not.toContain('Parks')
  expect(await (await app.get(`/api/v1/view.csv?${query}`)).text()).toContain('Parks')
})

test.each([
  ['measures=received&by=channel', 403, 'by'],
  ['measures=received&language=en', 403, 'language'],
  ['measures=received&area=Atlantis', 400, 'area'],
  ['measures=gold', 400, 'measures.0'],
  ['', 400, 'measures'],
  ['measures=received&window=soon', 400, 'window'],
  ['measures=received&window=2026-02-30/2026-03-01', 400, 'window'],
  ['measures=received&window=90d&by=minute', 400, 'by'],
  ['measures=received&colour=red', 400, 'colour'],
  ['measures=received&at=', 400, 'at'],
  ['measures=received&at=1', 400, 'at'],
  ['measures=received&at=1,-1', 400, 'at'],
  ['measures=received&at=1.5,7', 400, 'at'],
  ['measures=received&at=1,2,3', 400, 'at'],
  ['measures=received&at=1,2&at=1,2', 400, 'at'],
  ['measures=received&at=999999,1', 400, 'at'],
  ['measures=received&at=0,999999999', 400, 'at'],
  ['measures=received&by=channel&at=1,2', 403, 'by'],
  ['measures=received&by=channel&over=hour', 403, 'by'],
  ['measures=received&by=channel&over=day&window=7d', 403, 'by'],
  ['measures=satisfactionRate&over=day&window=7d', 403, 'measures'],
  ['measures=received&over=hour', 400, 'over'],
  ['measures=received&by=day&over=hour', 400, 'over'],
  ['measures=received&by=area&over=week', 400, 'over'],
  ['measures=received&by=area&over=minute&window=7d', 400, 'over'],
  ['measures=received,timeToClose&by=area&over=hour', 400, 'measures'],
])('%s is answered %i and names %s', async (query, status, path) => {
  expect(await view(query)).toMatchObject({ status, path, error: expect.any(String) })
})

test('a page learns the names of opened dimensions only', async () => {
  const deployment = (await (await app.get('/api/v1/deployment')).json()) as {
    members: object
    timeZone: string
  }

  expect(Object.keys(deployment.members)).toEqual(['agency', 'area'])
  expect(deployment.timeZone).toBe('Asia/Kolkata')
})

test('what is not there is a 404 in JSON, and health and metrics answer', async () => {
  const missing = await app.get('/nothing')
  expect([missing.status, await missing.json()]).toEqual([
    404,
    { error: expect.any(String), code: 'nothing-here' },
  ])
  expect((await app.get('/livez')).status).toBe(200)
  expect((await app.get('/readyz')).status).toBe(200)
  expect(await (await app.get('/metrics')).text()).toContain('clerestory_journal_seq')
})

test('a server that cannot follow the journal is not ready, although its database answers', async () => {
  await app.sql.begin(async (sql) => {
    await sql`lock table journal_head in access exclusive mode`
    await vi.waitFor(
      async () => {
        const answer = await app.get('/readyz')
        expect([answer.status, await answer.text()]).toEqual([
          503,
          expect.stringContaining('journal'),
        ])
      },
      { timeout: 15_000, interval: 500 },
    )
  })
  await expect.poll(async () => (await app.get('/readyz')).status).toBe(200)
})
