import { expect, test } from 'vitest'
import { calendarOf } from '../../../server/cube/calendar.ts'
import { isoMinute, windowAt } from '../../../server/cube/window.ts'

const minute = (text: string) => Date.parse(text) / 60_000

/** The bins of a stretch of UTC time, as ISO text. */
function bins(timeZone: string, unit: 'hour' | 'day', from: string, to: string): string[] {
  const calendar = calendarOf(timeZone)
  const found: string[] = []
  for (
    let bin = calendar.binOf(unit, minute(from));
    bin < minute(to);
    bin = calendar.nextBin(unit, bin)
  ) {
    found.push(isoMinute(bin))
  }
  return found
}

test('local hours of a half-hour zone begin at half past', () => {
  expect(bins('Asia/Kolkata', 'hour', '2026-01-01T00:00Z', '2026-01-01T02:00Z')).toEqual([
    '2025-12-31T23:30Z',
    '2026-01-01T00:30Z',
    '2026-01-01T01:30Z',
  ])
})

test('the day on which the clock goes forward has 23 hours, the one on which it goes back 25', () => {
  const [spring, next] = bins('Europe/Berlin', 'day', '2026-03-29T12:00Z', '2026-03-30T12:00Z')
  expect(minute(next!) - minute(spring!)).toBe(23 * 60)
  const [autumn, after] = bins('Europe/Berlin', 'day', '2026-10-25T12:00Z', '2026-10-26T12:00Z')
  expect(minute(after!) - minute(autumn!)).toBe(25 * 60)
  expect(bins('Europe/Berlin', 'hour', autumn!, after!)).toHaveLength(25)
})

test.each(['Australia/Lord_Howe', 'Asia/Kathmandu', 'America/New_York', 'Africa/Monrovia', 'UTC'])(
  'every minute of two years lies in exactly one hour and one day of %s',
  (timeZone) => {
    const calendar = calendarOf(timeZone)
    for (const unit of ['hour', 'day'] as const) {
      let bin = calendar.binOf(unit, minute('2025-01-01T00:00Z'))
      const end = minute('2026-12-31T00:00Z')
      while (bin < end) {
        const next = calendar.nextBin(unit, bin)
        expect(next).toBeGreaterThan(bin)
        for (const inside of [bin, Math.floor((bin + next) / 2), next - 1]) {
          expect(calendar.binOf(unit, inside)).toBe(bin)
        }
        bin = next
      }
    }
  },
)

const berlin = calendarOf('Europe/Berlin')
const at = (text: string) => minute(text)

test.each([
  ['24h', undefined, '2026-06-09T12:00Z', '2026-06-10T12:00Z'],
  ['24h', 'previous', '2026-06-08T12:00Z', '2026-06-09T12:00Z'],
  ['today', undefined, '2026-06-09T22:00Z', '2026-06-10T12:00Z'],
  ['today', 'previous', '2026-06-08T22:00Z', '2026-06-09T12:00Z'],
  ['2026-06-01/2026-06-02', undefined, '2026-05-31T22:00Z', '2026-06-01T22:00Z'],
  ['2026-06-01/2026-06-02', 'previous', '2026-05-30T22:00Z', '2026-05-31T22:00Z'],
  ['2026-06-10T10:00Z/2026-06-20', undefined, '2026-06-10T10:00Z', '2026-06-10T12:00Z'],
  ['2027-01-01/2027-02-01', undefined, '2026-06-10T12:00Z', '2026-06-10T12:00Z'],
] as const)('the window %s, %s, lies where it should', (window, period, start, end) => {
  const found = windowAt({ window, period }, at('2026-06-10T12:00Z'), berlin)

  expect([isoMinute(found.start), isoMinute(found.end)]).toEqual([start, end])
})

test('on the first minute of a day, today is that minute', () => {
  const { start, end } = windowAt({ window: 'today' }, at('2026-06-09T22:01Z'), berlin)
  expect(end - start).toBe(1)
})

test('yesterday up to now is never longer than yesterday', () => {
  const { start, end } = windowAt(
    { window: 'today', period: 'previous' },
    at('2026-10-25T22:59Z'),
    berlin,
  )
  expect([isoMinute(start), isoMinute(end)]).toEqual(['2026-10-23T22:00Z', '2026-10-24T22:00Z'])
})
