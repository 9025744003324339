import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { actingDatabase, appointed } from '../../support/acts.ts'

/** A term's last day, and the instant at which it is over. */
const ends: [zone: string, until: string, over: string][] = [
  ['UTC', '2026-12-31', '2027-01-01T00:00:00Z'],
  ['Asia/Taipei', '2026-11-22', '2026-11-22T16:00:00Z'],
  ['Asia/Kathmandu', '2026-11-22', '2026-11-22T18:15:00Z'],
  // Clocks go forward, then back, in the morning of the day after, and of the day itself.
  ['America/New_York', '2026-03-07', '2026-03-08T05:00:00Z'],
  ['America/New_York', '2026-03-08', '2026-03-09T04:00:00Z'],
  ['America/New_York', '2026-10-31', '2026-11-01T04:00:00Z'],
  ['America/New_York', '2026-11-01', '2026-11-02T05:00:00Z'],
  // At midnight clocks go forward: the next day begins at one.
  ['Asia/Beirut', '2026-03-28', '2026-03-28T22:00:00Z'],
  // At one clocks go back to midnight, which comes twice: the first one counts.
  ['America/Havana', '2026-10-31', '2026-11-01T04:00:00Z'],
  // Half an hour back, and a day that was left out.
  ['Australia/Lord_Howe', '2026-04-04', '2026-04-04T13:00:00Z'],
  ['Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00Z'],
]

test.each(ends)('in %s a term until %s is over at %s', async (zone, until, over) => {
  await using place = await actingDatabase()
  await setPolicy(place.db, { ...defaultPolicy, timeZone: zone })
  const id = await appointed(place.db, 'mei', { from: '2000-01-01', until, role: 'secretariat' })
  const midnight = Date.parse(over)
  const dayAfter = Temporal.PlainDate.from(until).add({ days: 1 })
  expect(dayAfter.toZonedDateTime({ timeZone: zone }).startOfDay().epochMilliseconds).toBe(midnight)

  const mayAct = async (at: number) => {
    const [row] = await place.sql`
      select may_act(${id}, 'mei', 'appointment.made', null, null, null,
        ${at}::timestamptz) as it`
    return row!.it
  }

  expect(await mayAct(midnight - 1)).toBe(true)
  expect(await mayAct(midnight)).toBe(false)
  expect(await mayAct(midnight + 45 * 60_000)).toBe(false)
})

test('a term begins with its first day', async () => {
  await using place = await actingDatabase()
  await setPolicy(place.db, { ...defaultPolicy, timeZone: 'Asia/Taipei' })
  const id = await appointed(place.db, 'mei', { from: '2026-11-22' })
  const standingAt = async (at: string) => {
    const [row] = await place.sql`
      select standing_at(appointment, ${at}::text::timestamptz) as it from appointment where id = ${id}`
    return row!.it
  }

  expect(await standingAt('2026-11-21T23:59:59.999+08:00')).toBe('upcoming')
  expect(await standingAt('2026-11-22T00:00:00+08:00')).toBe('current')
})
