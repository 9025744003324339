import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Engine } from '../../../server/live/engine.ts'
import { sendError } from '../../../server/http/errors.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { readEvent } from '../../../server/intake/read-event.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { answerFromFacts, type ToCount } from '../../../server/views/answer-from-facts.ts'
import { viewRoutes } from '../../../server/views/routes.ts'
import { freshDatabase } from '../../support/database.ts'
import { ticket } from '../../support/events.ts'

const log = pino({ level: 'silent' })
const LONG = '/view?measures=received&window=1990-01-01/2026-04-01'
const TICKETS = 20_000

let city: Awaited<ReturnType<typeof cityWithRoutes>>
beforeAll(async () => (city = await cityWithRoutes()))
afterAll(() => city[Symbol.asyncDispose]())

/** Some tickets, and the routes of views with little patience. */
async function cityWithRoutes() {
  const database = await freshDatabase()
  const { id } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const intake = await openIntake({ db: database.db })
  for (let told = 0; told < TICKETS; told += 1000) {
    const events = Array.from({ length: 1000 }, () => readEvent(ticket(), Date.now()).event!)
    await intake.submit(id, events)
  }
  const engine = await Engine.start({ ...database, log, clock: 'database' })
  const web = express().use(viewRoutes({ ...database, engine, log, patience: 4000 }))
  const http = web.use(sendError(log)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  return {
    ...database,
    origin,
    /** As the desk has it counted. */
    count: ({ at, onProgress }: Pick<ToCount, 'at' | 'onProgress'>) =>
      answerFromFacts(database.sql, {
        questions: [engine.understand({ measures: ['received'], window: '1990-01-01/2026-04-01' })],
        at,
        clock: 'database',
        signal: new AbortController().signal,
        onProgress,
      }),
    /** Holds back whoever reads tickets, until released. */
    async holdTickets() {
      const held = Promise.withResolvers<void>()
      const locked = Promise.withResolvers<void>()
      const holding = database.sql.begin(async (sql) => {
        await sql`lock table ticket in access exclusive mode`
        locked.resolve()
        await held.promise
      })
      await locked.promise
      const release = async () => {
        held.resolve()
        await holding
      }
      return { release, [Symbol.asyncDispose]: release }
    },
    /** Statements that wait for tickets, and transactions that stand open. */
    async readers(): Promise<number> {
      const [row] = await database.sql<{ n: number }[]>`
        select count(*) as n from pg_stat_activity
        where datname = current_database() and query ilike '%from ticket%'
          and pid <> pg_backend_pid() and state <> 'idle'`
      return row!.n
    },
    async [Symbol.asyncDispose]() {
      http.closeAllConnections()
      http.close()
      await intake.close()
      await engine.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

const lines = { headers: { accept: 'application/x-ndjson' } }

interface Line {
  progress?: number
  answer?: { totals: unknown[]; from: string }
  error?: string
  status?: number
}

async function readLines(response: Response): Promise<Line[]> {
  const text = await response.text()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

test('a count that takes long tells its progress at least twice a second, and then the answer', async () => {
  await using held = await city.holdTickets()
  setTimeout(() => void held.release(), 1000)

  const response = await fetch(city.origin + LONG, lines)
  const told = await readLines(response)

  expect(response.headers.get('content-type')).toContain('application/x-ndjson')
  const shares = told.slice(0, -1).map(({ progress }) => progress!)
  expect(shares.length).toBeGreaterThanOrEqual(2)
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(told.at(-1)!.answer).toMatchObject({ totals: [null, TICKETS], from: 'facts' })
})

test.each([undefined, [TICKETS / 1000, 40_000_000]] as const)(
  'the progress is the share of tickets read, as of %s: it grows, and never passes the whole',
  async (at) => {
    const shares: number[] = []
    await city.count({ at, onProgress: (share) => shares.push(share) })

    expect(shares).toHaveLength(Math.floor(TICKETS / 1024))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares[0]).toBeCloseTo(1024 / TICKETS)
    expect(shares.at(-1)).toBeLessThanOrEqual(1)
  },
)

test('what memory holds is one line, and what cannot be asked is refused with its status', async () => {
  const day = await fetch(`${city.origin}/view?measures=received&window=24h`, lines)
  expect(await readLines(day)).toMatchObject([{ answer: { from: 'cube' } }])

  const wrong = await fetch(`${city.origin}/view?measures=gold`, lines)
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { path: 'measures.0' }])
})

test('a count that takes too long is stopped, with what to do, in the database too', async () => {
  await using held = await city.holdTickets()

  const [plain, asLines] = await Promise.all([
    fetch(city.origin + LONG),
    fetch(city.origin + LONG.replace('received', 'closed'), lines).then(readLines),
  ])

  expect([plain.status, await plain.json()]).toMatchObject([
    503,
    { error: expect.stringContaining('begins later'), code: 'busy' },
  ])
  expect(asLines.at(-1)).toMatchObject({ status: 503, error: expect.any(String) })
  await expect.poll(() => city.readers(), { interval: 20 }).toBe(0)
  await held.release()
  expect((await fetch(city.origin + LONG)).status).toBe(200)
})

test('who hangs up frees the place and stops the database, and the others are still answered', async () => {
  await using held = await city.holdTickets()
  const windows = ['1991-01-01', '1992-01-01', '1993-01-01', '1994-01-01']
  // One after the other, so that each is a reading of its own: two read, two wait.
  const requests = []
  for (const start of windows) {
    requests.push(get(city.origin + LONG.replace('1990-01-01', start)).on('error', () => {}))
    await expect.poll(() => city.readers(), { interval: 10 }).toBe(Math.min(2, requests.length))
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
  for (const request of requests) request.destroy()
  await expect.poll(() => city.readers(), { interval: 20 }).toBe(0)

  const asked = fetch(city.origin + LONG)
  await expect.poll(() => city.readers(), { interval: 10 }).toBe(1)
  await held.release()

  expect([
    (await asked).status,
    ((await (await asked).json()) as { totals: unknown }).totals,
  ]).toEqual([200, [null, TICKETS]])
})

test('I11: two readings at once, forty wait, and whoever else comes is sent away at once', async () => {
  await using held = await city.holdTickets()
  const asked: Promise<Response>[] = []
  for (const readers of [1, 2]) {
    asked.push(fetch(city.origin + LONG))
    await expect.poll(() => city.readers(), { interval: 10 }).toBe(readers)
  }
  const more = Array.from({ length: 45 }, () => fetch(city.origin + LONG))

  const sentAway = await Promise.race(more)
  expect([sentAway.status, await sentAway.json()]).toEqual([
    503,
    { error: expect.any(String), code: 'busy' },
  ])
  expect((await fetch(`${city.origin}/view?measures=received&window=24h`)).status).toBe(200)
  await held.release()
  const statuses = (await Promise.all([...asked, ...more])).map(({ status }) => status)
  expect(statuses.filter((status) => status === 503)).toHaveLength(5)
  expect(new Set(statuses)).toEqual(new Set([200, 503]))
  expect((await fetch(city.origin + LONG)).status).toBe(200)
})

test('questions about one moment are answered by one reading of the facts', async () => {
  await using held = await city.holdTickets()
  const asked = Promise.all(
    ['', '&by=day', '&by=hour'].map((by) =>
      fetch(`${city.origin}/view?measures=received&window=1999-01-01/1999-02-01${by}`),
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await city.readers()).toBe(1)
  await held.release()
  await asked
})
