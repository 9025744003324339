import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { connect } from '../../../server/db/connect.ts'
import { actingDatabase, appointed, asked, decision, madeFor } from '../../support/acts.ts'

test('the same key is one act, also when it is sent ten times at once', async () => {
  await using place = await actingDatabase()
  const key = randomUUID()

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => perform(place.db, asked('ines', madeFor('mei'), { key }))),
  )

  for (const { act } of answers) expect(act).toEqual(answers[0]!.act)
  expect(answers.filter(({ isRepeated }) => !isRepeated)).toHaveLength(1)
  expect((await journalHead(place.db)).seq).toBe(2)
  await expect(
    perform(
      place.db,
      asked('ines', decision('appointment.revoked'), { key, id: answers[0]!.act.id }),
    ),
  ).rejects.toMatchObject({ status: 409, code: 'key.used', message: /used for something else/ })
})

test('whoever saw an older version is told, and nothing is changed', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'mei')
  await perform(place.db, asked('ines', decision('appointment.suspended'), { id, seen: 1 }))

  await expect(
    perform(place.db, asked('ines', decision('appointment.revoked'), { id, seen: 1 })),
  ).rejects.toMatchObject({
    status: 409,
    code: 'version.old',
    path: 'version',
    message: /version 2 now, you saw 1\. Nothing was changed, and what you wrote is kept/,
  })
  expect((await journalHead(place.db)).seq).toBe(3)
})

test('many acts on one subject at once each follow on the one before', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'mei', { until: '2030-01-01' })
  const renewal = (day: number) => ({
    kind: 'appointment.renewed' as const,
    body: { until: `2031-01-${String(day).padStart(2, '0')}` },
    texts: { instrument: `CC-${day}` },
  })

  const results = await Promise.allSettled(
    Array.from({ length: 4 }, (_, day) =>
      perform(place.db, asked('ines', renewal(day + 1), { id })),
    ),
  )

  const done = results.filter(({ status }) => status === 'fulfilled')
  const versions =
    await place.sql`select version from act where subject = ${`appointment:${id}`} order by 1`
  expect(versions.map(({ version }) => version)).toEqual([1, ...done.map((_, place) => place + 2)])
  const [row] =
    await place.sql`select version, state ->> 'until' as until from appointment where id = ${id}`
  expect(row).toEqual({ version: done.length + 1, until: '2031-01-04' })
})

test('I9: an act waits for a revocation that is under way, and is refused when it is done', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'olu', { role: 'secretariat' })
  const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>()
  const { promise: isRevoked, resolve: revoked } = Promise.withResolvers<void>()
  const revocation = place.sql.begin(async (trx) => {
    await trx`update appointment set version = 2,
      state = state || '{"standing": "revoked"}' where id = ${id}`
    revoked()
    await mayCommit
  })
  await isRevoked
  const other = connect(place.url)
  let isDone = false

  const act = perform(other.db, asked('olu', madeFor('mei'))).finally(() => (isDone = true))
  await expect
    .poll(async () => {
      const [row] = await place.sql`
        select count(*) as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`
      return row!.n
    })
    .toBe(1)
  expect(isDone).toBe(false)
  commit()

  await expect(act).rejects.toMatchObject({ status: 403, message: 'Your appointment was revoked.' })
  await revocation
  await other.sql.end({ timeout: 5 })
})

test('I9: of acts and a revocation at once, no act comes after the revocation', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'olu', { role: 'secretariat' })

  const acts = Array.from({ length: 30 }, (_, n) =>
    perform(place.db, asked('olu', madeFor(`observer ${n}`))),
  )
  const revocation = await perform(place.db, asked('ines', decision('appointment.revoked'), { id }))
  const results = await Promise.allSettled(acts)

  for (const result of results) {
    if (result.status === 'fulfilled') {
      expect(result.value.act.seq).toBeLessThan(revocation.act.seq)
    } else {
      expect(result.reason).toMatchObject({ status: 403, message: 'Your appointment was revoked.' })
    }
  }
})

test('two who revoke each other at once: one of them is revoked', async () => {
  await using place = await actingDatabase()
  const olu = await appointed(place.db, 'olu', { role: 'secretariat' })
  const uma = await appointed(place.db, 'uma', { role: 'secretariat' })

  const results = await Promise.allSettled([
    perform(place.db, asked('olu', decision('appointment.revoked'), { id: uma })),
    perform(place.db, asked('uma', decision('appointment.revoked'), { id: olu })),
  ])

  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})
