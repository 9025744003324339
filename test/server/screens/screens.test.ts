import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEntry } from '#shared/ledger/entry.ts'
import { readScreenLeaf, type ScreenLeaf } from '#shared/ledger/screen-leaf.ts'
import type { ViewState } from '#shared/view.ts'
import { Engine } from '../../../server/live/engine.ts'
import { createLog } from '../../../server/log.ts'
import { fingerprintOfAnswer } from '../../../server/screens/shown.ts'
import { openScreenWriter } from '../../../server/screens/writer.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { dayAfter } from '../../../server/publications/grid.ts'
import { publishPast } from '../../../server/publications/publish-past.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>
beforeAll(async () => {
  app = await runningApp({
    prepare: (db) => insertPolicy(db, { ...defaultPolicy, opened: ['agency', 'category'] }),
  })
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

async function leaves(): Promise<{ index: number; shown: ScreenLeaf }[]> {
  const rows = await app.sql`
    select index, entry from leaf join screen on leaf = index order by index`
  return rows.map(({ index, entry }) => ({
    index: index as number,
    shown: readScreenLeaf(readEntry(entry)!.what)!,
  }))
}

test('where nothing was ever counted there is no leaf of a wall', async () => {
  await app.get('/api/v1/view?measures=received&window=24h')
  expect(await leaves()).toEqual([])
})

/** Of a day of which nothing else is on a wall any more. */
async function publishRatings(): Promise<string> {
  const day = new Date(Date.now() - 60 * 3_600_000).toISOString().slice(0, 10)
  const on = (time: string) => `${day}T${time}:00Z`
  const rated = (satisfaction: number) =>
    ticket({
      receivedAt: on('09:00'),
      status: 'closed',
      closedAt: on('10:00'),
      survey: { at: on('11:00'), satisfaction },
    })
  await source.send(ndjson(...Array.from({ length: 40 }, (_, i) => rated(i < 30 ? 5 : 1))))
  await publishPast({ ...app, clock: 'database', from: day, to: dayAfter(day) })
  return day
}

test('what walls show is one leaf of the city, whatever the number of processes, and is answered again as it was', async () => {
  const day = await publishRatings()
  const receivedAt = new Date(Date.now() - 3_600_000).toISOString()
  const tickets = ['PWD', 'PWD', 'Parks'].map((agency) => ticket({ agency, receivedAt }))
  await source.send(ndjson(...tickets))
  const engine = await Engine.start({
    db: app.db,
    sql: app.sql,
    log: createLog('silent'),
    clock: 'database',
  })
  const others = [1, 2].map(() =>
    openScreenWriter({ db: app.db, engine, log: createLog('silent') }),
  )
  // The leaf of these five minutes; the server may have had one before the tickets came.
  await expect.poll(async () => (await leaves()).length).toBeGreaterThan(0)
  for (const writer of others) writer.look()
  await Promise.all(others.map((writer) => writer.close()))
  await engine.close()

  const slots = await app.sql`select slot from screen`
  expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length)
  expect(slots.length).toBeLessThanOrEqual(2)
  const { index, shown } = (await leaves()).at(-1)!
  expect(shown.measures.received).toMatchObject({ value: 3 })
  expect(Object.keys(shown.scenes)).toEqual(['agency', 'category'])
  expect(shown.surveys).toMatchObject({
    days: { start: day, end: dayAfter(day) },
    measures: { satisfactionRate: { version: 1, value: 0.75, numerator: 30, n: 40 } },
  })

  await source.send(ndjson(ticket({ agency: 'Parks', receivedAt })))
  for (const { ask, sha256 } of Object.values(shown.scenes)) {
    const answer = await app.get(`/api/v1/view?${ask}&at=${shown.at.join()}`)
    const state = (await answer.json()) as ViewState
    expect(fingerprintOfAnswer(state)).toBe(sha256)
    const changed = state.rows.map(([key, ...cells]) => [key, ...cells.map((n) => n && n + 1)])
    expect(fingerprintOfAnswer({ ...state, rows: changed as never })).not.toBe(sha256)
  }

  const around = async (size: number) =>
    (await (await app.get(`/api/v1/screens?size=${size}`)).json()) as object
  expect(await around(index)).toMatchObject({ after: index })
  expect(await around(index + 1)).toEqual({ before: index, after: null })
  expect((await app.get('/api/v1/screens?size=x')).status).toBe(400)
})
