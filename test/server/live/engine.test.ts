import { pino } from 'pino'
import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import type { ViewSpec } from '#shared/view.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { readEvent } from '../../../server/intake/read-event.ts'
import { Engine } from '../../../server/live/engine.ts'
import { rewriteTickets } from '../../../server/policies/rewrite.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { ticket } from '../../support/events.ts'

const log = pino({ level: 'silent' })
const pace = { atMost: 0, every: 20 }

async function city() {
  const database = await freshDatabase()
  const source = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const engine = await Engine.start({ ...database, log, pace, clock: 'events' })
  return {
    ...database,
    engine,
    /** As one process of several would. */
    async tell(...events: object[]): Promise<void> {
      const intake = await openIntake({ db: database.db })
      await intake.submit(
        source.id,
        events.map((event) => readEvent(event, Date.now()).event!),
      )
      await intake.close()
    },
    async [Symbol.asyncDispose]() {
      await engine.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('a member that is committed after one with a higher id has its own name', async () => {
  await using place = await city()
  const { engine, sql, tell } = place
  const byAgency: ViewSpec = { measures: ['received'], by: 'agency', window: '24h' }
  const question = engine.understand(byAgency)
  engine.acquire(question)

  await sql.begin(async (early) => {
    await early`insert into member (dimension, code, spelling) values ('agency', 'First', 'first')`
    await tell(ticket({ agency: 'Second' }))
    await expect.poll(() => engine.at[0]).toBe(1)
  })
  await tell(ticket({ agency: 'First' }))
  await expect.poll(() => engine.at[0]).toBe(2)

  expect(engine.answer(question).state('').rows).toEqual([
    ['First', 1],
    ['Second', 1],
  ])
})

test('the minute does not go back when the facts are read again from a database that is behind', async () => {
  await using place = await city()
  const { engine, sql, tell } = place
  await tell(ticket())
  await expect.poll(() => engine.at[0]).toBe(1)
  const [, minute] = engine.at

  await sql`truncate ticket`
  await sql`delete from journal`
  await sql`update journal_head set seq = 0, newest_at = null`
  await expect.poll(() => engine.at[0]).toBe(0)

  expect(engine.at).toEqual([0, minute])
})

test('a rewrite moves an open view as tickets do: only a changed policy asks it again', async () => {
  await using place = await city()
  const { engine, db, tell } = place
  await tell(
    ticket({ receivedAt: '2026-03-01T09:00:00Z' }),
    ticket({ receivedAt: '2026-03-05T09:00:00Z' }),
  )
  await expect.poll(() => engine.at[0]).toBe(1)
  const question = engine.understand({ measures: ['overdue'], window: '24h' })
  engine.acquire(question)
  const overdue = () => engine.answer(question).state('').totals[1]
  const dueWithin = { default: 48, byCategory: {} }
  await setPolicy(db, { ...defaultPolicy, dueWithin })
  await expect.poll(() => engine.at[0]).toBe(2)
  const edition = engine.edition
  expect(overdue()).toBe(0)

  await rewriteTickets(db)
  await expect.poll(() => engine.at[0]).toBe(3)

  expect(overdue()).toBe(1)
  expect(engine.edition).toBe(edition)
})
