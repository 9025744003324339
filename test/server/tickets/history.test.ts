import { expect, test } from 'vitest'
import type { TicketEvent as Event } from '#shared/events.ts'
import { TicketEvent } from '#shared/events.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { historyOf } from '../../../server/tickets/history.ts'
import { freshDatabase } from '../../support/database.ts'

async function city() {
  const database = await freshDatabase()
  const { id: sourceId } = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const intake = await openIntake({ db: database.db })
  return {
    ...database,
    /** One batch of versions of one ticket. */
    tell: (...events: object[]) => intake.submit(sourceId, events.map(version)),
    history: () => historyOf(database.db, sourceId, 'T1'),
    now: async () => (await database.sql`select clock_timestamp() as now`)[0]!.now as number,
    async [Symbol.asyncDispose]() {
      await intake.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

function version(fields: object): Event {
  const first = { type: 'ticket', id: 'T1', receivedAt: '2026-03-01T09:00:00Z', status: 'open' }
  return TicketEvent.parse({ ...first, ...fields })
}

const closed = { status: 'closed', closedAt: '2026-03-02T09:00:00Z' }

test('every version is kept with when it came, from where, and what it changed', async () => {
  await using app = await city()
  const before = await app.now()
  await app.tell({ version: 1, agency: 'PWD' })
  await app.tell({ version: 2, agency: 'Parks', summary: 'A lamp is out' })
  const between = await app.now()
  await app.tell({ version: 5, agency: 'Parks', summary: 'A lamp is out', ...closed })
  const after = await app.now()

  const history = await app.history()

  expect(history).toMatchObject([
    { version: 1, fate: 'replaced', source: 'phone', policyVersion: 0, changes: [] },
    {
      version: 2,
      fate: 'replaced',
      changes: [
        { field: 'agency', from: 'PWD', to: 'Parks' },
        { field: 'summary', from: null, to: 'A lamp is out' },
      ],
    },
    {
      version: 5,
      fate: 'current',
      changes: [
        { field: 'status', from: 'open', to: 'closed' },
        { field: 'closedAt', from: null, to: Date.parse(closed.closedAt) },
      ],
    },
  ])
  const at = history.map((one) => one.at!)
  const inOrder = [before, at[0]!, at[1]!, between, at[2]!, after]
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
})

test('a version that was overtaken in its own batch or came too late is kept, and marked', async () => {
  await using app = await city()
  await app.tell({ version: 2, category: 'lamps' }, { version: 4, category: 'roads' })
  const before = await app.now()
  await app.tell({ version: 3, category: 'late' })
  const after = await app.now()

  const history = await app.history()

  expect(history).toMatchObject([
    { version: 2, fate: 'superseded', changes: [] },
    { version: 3, fate: 'stale', changes: [{ field: 'category', from: 'lamps', to: 'late' }] },
    { version: 4, fate: 'current', changes: [{ field: 'category', from: 'lamps', to: 'roads' }] },
  ])
  expect(history[0]!.at).toBe(history[2]!.at)
  expect(history[1]!.at).toBeGreaterThanOrEqual(before)
  expect(history[1]!.at).toBeLessThanOrEqual(after)
})

test('a resend is not kept twice, however it is cut', async () => {
  await using app = await city()
  await app.tell({ version: 4 })
  await app.tell({ version: 1 }, { version: 1 }, { version: 4 })
  await app.tell({ version: 1 })
  await app.tell({ version: 4 })

  const history = await app.history()

  expect(history.map(({ version, fate }) => [version, fate])).toEqual([
    [1, 'stale'],
    [4, 'current'],
  ])
})

test('a ticket that is not known has no history', async () => {
  await using app = await city()

  expect(await app.history()).toEqual([])
})
