import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { perform } from '../../../server/acts/perform.ts'
import { watchStanding } from '../../../server/appointments/standing.ts'
import { connect } from '../../../server/db/connect.ts'
import { createLog } from '../../../server/log.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { actingDatabase, appointed, asked, decision } from '../../support/acts.ts'

const log = createLog('silent')

test('a revocation by another process is told once, within seconds', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'mei')
  await appointed(place.db, 'olu')
  const told: string[] = []
  const standing = await watchStanding({ db: place.db, log, ended: (who) => told.push(who) })
  expect(standing.hasCurrent('mei')).toBe(true)
  const other = connect(place.url, { max: 1 })

  await perform(other.db, asked('ines', decision('appointment.revoked'), { id }))

  await expect.poll(() => told, { timeout: 5000 }).toEqual(['mei'])
  expect(['mei', 'olu'].map(standing.hasCurrent)).toEqual([false, true])
  await standing.ring()
  expect(told).toEqual(['mei'])
  await standing.close()
  await other.sql.end({ timeout: 5 })
})

test('a term that ends at midnight ends at midnight in the time zone of the deployment', async () => {
  await using place = await actingDatabase()
  await setPolicy(place.db, { ...defaultPolicy, timeZone: 'America/New_York' })
  await appointed(place.db, 'mei', { until: '2026-03-08' })
  await appointed(place.db, 'uma', { from: '2026-03-09' })
  // The day is 23 hours long: clocks go forward in its morning.
  const midnight = Date.parse('2026-03-09T00:00:00-04:00')
  let at = midnight - 1
  const told: string[] = []
  const parts = { db: place.db, log, ended: (who: string) => void told.push(who) }
  const standing = await watchStanding({ ...parts, now: () => at, every: 3_600_000 })
  expect(['mei', 'uma'].map(standing.hasCurrent)).toEqual([true, false])

  await standing.ring()
  expect(told).toEqual([])
  at = midnight
  await standing.ring()

  expect(told).toEqual(['mei'])
  expect(['mei', 'uma'].map(standing.hasCurrent)).toEqual([false, true])
  await standing.close()
})

test('who has another current appointment goes on', async () => {
  await using place = await actingDatabase()
  const id = await appointed(place.db, 'mei')
  await appointed(place.db, 'mei', { role: 'official' })
  const told: string[] = []
  const standing = await watchStanding({ db: place.db, log, ended: (who) => told.push(who) })

  await perform(place.db, asked('ines', decision('appointment.suspended'), { id }))
  await standing.ring()

  expect(told).toEqual([])
  expect(standing.hasCurrent('mei')).toBe(true)
  await standing.close()
})

test('who was appointed and lost it between two looks is told all the same', async () => {
  await using place = await actingDatabase()
  const told: string[] = []
  const ended = (who: string) => told.push(who)
  const standing = await watchStanding({ db: place.db, log, ended, every: 60_000 })
  const id = await appointed(place.db, 'mei')
  await appointed(place.db, 'olu', { from: '2099-01-01' })
  await perform(place.db, asked('ines', decision('appointment.revoked'), { id }))

  await standing.ring()
  await standing.ring()
  expect(told).toEqual(['mei'])
  await standing.close()
})

test('who had lost it before, or never held it, loses nothing when it is decided on again', async () => {
  await using place = await actingDatabase()
  const term = { from: '2020-01-01', until: '2020-12-31' }
  const ended = await appointed(place.db, 'mei', term)
  const suspended = await appointed(place.db, 'olu')
  await perform(place.db, asked('ines', decision('appointment.suspended'), { id: suspended }))
  const told: string[] = []
  const tell = (who: string) => told.push(who)
  const standing = await watchStanding({ db: place.db, log, ended: tell, every: 60_000 })

  for (const id of [ended, suspended])
    await perform(place.db, asked('ines', decision('appointment.revoked'), { id }))
  await appointed(place.db, 'uma', term)
  await standing.ring()
  expect(told).toEqual([])
  await standing.close()
})
