import { describe, expect, test } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import { areas } from '../../../server/demo/areas.ts'
import { hourOf } from '../../../server/demo/hours.ts'
import { from, lastOf, livesIn, shareOf, storm, ticketOf } from './told.ts'

const lasts = livesIn(7).map(lastOf)
const receivedIn = (start: number, end: number) =>
  lasts.filter(({ receivedAt }) => receivedAt >= start && receivedAt < end)

describe('a storm', () => {
  test('is once in any 90 days, with days before it and after it, but for a few dates to start at', () => {
    const days = Array.from({ length: 4 * 365 }, (_, day) => countOn(from + day * DAY))
    const storms = days.flatMap((count, day) => (count > 5000 ? [day] : []))
    const starts = days.keys().filter((day) => day >= 90)
    const found = starts
      .map((day) => storms.filter((one) => one > day - 90 && one <= day))
      .toArray()
    expect(found.every(({ length }) => length <= 1)).toBe(true)
    expect(shareOf(found, ({ length }) => length === 1)).toBeGreaterThan(0.98)
    const whole = shareOf([...found.entries()], ([index, [one]]) => {
      const age = index + 90 - (one ?? NaN)
      return age >= 3 && age <= 87
    })
    expect(whole).toBeGreaterThan(0.92)
  })

  test('brings in on a Sunday more than two and a half times a mean day, and decays within days', () => {
    const day = (number: number) => receivedIn(storm + number * DAY, storm + (number + 1) * DAY)
    expect(new Date(storm + 8 * HOUR).getUTCDay()).toBe(0)
    expect(day(0).length / 2000).toBeGreaterThan(2.5)
    expect(day(0).length / 2000).toBeLessThan(3.1)
    const more = [0, 1, 2, 3, 4, 5].map((one) => day(one).length - day(one - 14).length)
    expect(more.slice(0, 4)).toEqual(more.slice(0, 4).toSorted((a, b) => b - a))
    expect(more[5]).toBeLessThan(200)
    expect(receivedIn(storm, storm + 7 * HOUR).length).toBeLessThan(200)
  })

  test('is told as trees, power, drains and lights, most of all from the shore', () => {
    const damage = new Set(['fallen-trees', 'power-cuts', 'drains', 'street-lights'])
    const isDamage = ({ category }: { category: string | null }) => damage.has(category!)
    const shore = new Set(areas.filter(({ isShore }) => isShore).map(({ code }) => code))
    const isShore = ({ area }: { area: string | null }) => shore.has(area!)
    const [during, usually] = [receivedIn(storm, storm + 2 * DAY), receivedIn(from, storm)]
    expect(shareOf(during, isDamage)).toBeGreaterThan(3 * shareOf(usually, isDamage))
    expect(shareOf(during, isShore)).toBeGreaterThan(1.3 * shareOf(usually, isShore))
  })

  test('leaves its agencies behind, and they catch up', () => {
    const [before, after, caughtUp] = [-7, 2, 14].map((day) => overdueAt(storm + (day + 0.5) * DAY))
    expect(after).toBeGreaterThan(10 * before!)
    expect(caughtUp).toBeLessThan(1.5 * before!)
  })
})

function countOn(midnight: number): number {
  const hours = Array.from({ length: 24 }, (_, hour) => hourOf(7, midnight / HOUR + hour).all)
  return hours.reduce((sum, count) => sum + count, 0)
}

/** Of two agencies that leave little lying in quiet weeks. */
function overdueAt(at: number): number {
  const worked = lasts.filter(
    ({ agency, status }) => status === 'closed' && (agency === 'water' || agency === 'power'),
  )
  return worked.filter((one) => ticketOf(one).dueAt! < at && one.closedAt! > at).length
}
