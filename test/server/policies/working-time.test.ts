import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkingCalendar } from '#shared/policy.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { workingTimeOf } from '../../../server/policies/working-time.ts'

const office = ['09:00-17:00']
const weekdaysOnly = {
  monday: office,
  tuesday: office,
  wednesday: office,
  thursday: office,
  friday: office,
}

const calendarOf = (given: object = {}): WorkingCalendar =>
  WorkingCalendar.parse({ week: weekdaysOnly, ...given })

const at = (text: string) => Temporal.ZonedDateTime.from(text).epochMilliseconds
const shown = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: 'minute' })

/** `2026-03-02T10:00` and so on in New York. */
const inNewYork = (given: object = {}) => {
  const zone = 'America/New_York'
  const working = workingTimeOf(calendarOf(given), zone)
  return {
    hours: (text: string, n: number) =>
      shown(working.afterTime(at(`${text}[${zone}]`), n * HOUR), zone).slice(0, 16),
    days: (text: string, n: number) =>
      shown(working.afterDays(at(`${text}[${zone}]`), n), zone).slice(0, 16),
  }
}

test.each([
  ['within a day', '2026-03-02T10:00', 3, '2026-03-02T13:00'],
  ['to the very end of a day', '2026-03-02T10:00', 7, '2026-03-02T17:00'],
  ['into the next day', '2026-03-02T10:00', 8, '2026-03-03T10:00'],
  ['from the night before on', '2026-03-02T03:00', 1, '2026-03-02T10:00'],
  ['from the evening on', '2026-03-02T17:00', 1, '2026-03-03T10:00'],
  ['over a weekend', '2026-03-06T16:00', 2, '2026-03-09T10:00'],
  ['from a Saturday on', '2026-03-07T12:00', 8, '2026-03-09T17:00'],
  ['over a year', '2026-03-02T09:00', 261 * 8, '2027-03-01T17:00'],
])('working hours run %s', (_, from, hours, until) => {
  expect(inNewYork().hours(from, hours)).toBe(until)
})

test.each([
  ['the day of receipt does not count', '2026-03-02T10:00', 1, '2026-03-03T17:00'],
  ['whatever the hour', '2026-03-02T23:59', 1, '2026-03-03T17:00'],
  ['a weekend does not count', '2026-03-05T10:00', 3, '2026-03-10T17:00'],
  ['a Saturday’s first day is Monday', '2026-03-07T10:00', 1, '2026-03-09T17:00'],
])('of working days %s', (_, from, days, until) => {
  expect(inNewYork().days(from, days)).toBe(until)
})

test('a holiday is not worked, an extra working day is: with its own hours, else with the first worked day’s', () => {
  const holidays = ['2026-02-16', '2026-02-17']
  const extraWorkingDays = ['2026-02-15', '2026-02-17']
  const short = { ...weekdaysOnly, tuesday: ['10:00-12:00'] }
  const here = inNewYork({ week: short, holidays, extraWorkingDays })

  expect(here.hours('2026-02-13T17:00', 1)).toBe('2026-02-15T10:00')
  expect(here.hours('2026-02-15T16:00', 2)).toBe('2026-02-17T11:00')
  expect(here.days('2026-02-13T10:00', 1)).toBe('2026-02-15T17:00')
  expect(here.days('2026-02-13T10:00', 2)).toBe('2026-02-17T12:00')
  expect(here.days('2026-02-13T10:00', 3)).toBe('2026-02-18T17:00')
})

test('a break at noon is not worked', () => {
  const here = inNewYork({ week: { monday: ['08:30-12:00', '13:30-17:30'] } })

  expect(here.hours('2026-03-02T11:00', 2)).toBe('2026-03-02T14:30')
  expect(here.hours('2026-03-02T12:30', 4)).toBe('2026-03-02T17:30')
  expect(here.days('2026-03-02T12:30', 1)).toBe('2026-03-09T17:30')
})

test('a day has the hours that its clocks have', () => {
  const allDay = { week: { sunday: ['00:00-24:00'] } }
  const night = { week: { sunday: ['01:30-02:30'] } }

  // Clocks went forward at 2:00 on 8 March 2026, and back at 2:00 on 1 November.
  expect(inNewYork(allDay).hours('2026-03-08T00:00', 23)).toBe('2026-03-09T00:00')
  expect(inNewYork(allDay).hours('2026-11-01T00:00', 25)).toBe('2026-11-02T00:00')
  expect(inNewYork(night).hours('2026-03-08T00:00', 1)).toBe('2026-03-15T02:00')
  expect(inNewYork(night).hours('2026-11-01T00:00', 2)).toBe('2026-11-01T02:30')
})

test('a midnight or a whole day that clocks leave out ends when they go on', () => {
  const friday = { week: { friday: ['00:00-24:00'], sunday: ['00:00-24:00'] } }
  const hoursIn = (zone: string, from: string, n: number) =>
    shown(workingTimeOf(calendarOf(friday), zone).afterTime(at(`${from}[${zone}]`), n * HOUR), zone)

  expect(hoursIn('America/Santiago', '2011-08-20T12:00', 23)).toContain('2011-08-22T00:00')
  expect(hoursIn('Pacific/Apia', '2011-12-29T12:00', 1)).toContain('2012-01-01T01:00')
})

const zones = [
  'America/New_York',
  'America/Santiago',
  'Asia/Kolkata',
  'Asia/Taipei',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Apia',
  'Pacific/Chatham',
]

const time = fc.integer({ min: 5 * 12, max: 23 * 12 }).map((n) => n * 5)
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const hoursOfDay = fc.oneof(
  fc.constant([]),
  fc.constant(['00:00-24:00']),
  fc
    .uniqueArray(time, { minLength: 2, maxLength: 4 })
    .map((times) => times.sort((a, b) => a - b))
    .map((times) =>
      Array.from(
        { length: times.length >> 1 },
        (_, n) => `${clock(times[2 * n]!)}-${clock(times[2 * n + 1]!)}`,
      ),
    ),
)
/** In the weeks around all the changes of clocks of 2011, when Apia also left a day out. */
const date = fc
  .integer({ min: 0, max: 364 })
  .map((n) => new Date(Date.UTC(2011, 0, 1) + n * DAY).toISOString().slice(0, 10))
const week = fc.record({
  monday: hoursOfDay,
  wednesday: hoursOfDay,
  friday: hoursOfDay,
  saturday: hoursOfDay,
  sunday: hoursOfDay,
})
const calendar = fc
  .record({
    week,
    holidays: fc.array(date, { maxLength: 40 }),
    extraWorkingDays: fc.array(date, { maxLength: 10 }),
  })
  .filter((given) => WorkingCalendar.safeParse(given).success)
  .map((given) => WorkingCalendar.parse(given))
const instant = fc
  .integer({ min: Date.UTC(2010, 11, 25) / MINUTE, max: Date.UTC(2012, 0, 5) / MINUTE })
  .map((minute) => minute * MINUTE)

/** The slow way: asks of one minute what its wall clock shows. */
function isWorked(
  { week, holidays, extraWorkingDays }: WorkingCalendar,
  zoned: Temporal.ZonedDateTime,
): boolean {
  const names = [
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday',
  ] as const
  const day = zoned.toPlainDate().toString()
  const own = week[names[zoned.dayOfWeek - 1]!] ?? []
  const isExtra = extraWorkingDays.includes(day)
  if (holidays.includes(day) && !isExtra) return false
  const usual = names.map((name) => week[name] ?? []).find(({ length }) => length > 0)!
  const wall = zoned.toPlainTime().toString().slice(0, 5)
  const stretches = isExtra && own.length === 0 ? usual : own
  return stretches.some((stretch) => stretch.slice(0, 5) <= wall && wall < stretch.slice(6))
}

test('working minutes are those whose wall clock lies in a stretch, in every zone, and the last is worked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      calendar,
      instant,
      fc.integer({ min: 1, max: 600 }),
      (zone, calendar, from, minutes) => {
        const until = workingTimeOf(calendar, zone).afterTime(from, minutes * MINUTE)
        let worked = 0
        let zoned = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
        for (; zoned.epochMilliseconds < until - MINUTE; zoned = zoned.add({ minutes: 1 })) {
          if (isWorked(calendar, zoned)) worked++
        }

        expect(isWorked(calendar, zoned)).toBe(true)
        expect(worked + 1).toBe(minutes)
      },
    ),
    { numRuns: 60, interruptAfterTimeLimit: 15_000 },
  )
}, 20_000)

test('a working hours and then b are a + b, later receipts are due later, and so are longer targets', () => {
  const duration = fc.integer({ min: 1, max: 2000 * HOUR })
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      calendar,
      instant,
      duration,
      duration,
      fc.nat(30 * DAY),
      (zone, calendar, from, a, b, later) => {
        const { afterTime } = workingTimeOf(calendar, zone)

        expect(afterTime(afterTime(from, a), b)).toBe(afterTime(from, a + b))
        expect(afterTime(from + later, a)).toBeGreaterThanOrEqual(afterTime(from, a))
        expect(afterTime(from, a + b)).toBeGreaterThan(afterTime(from, a))
      },
    ),
    { numRuns: 200 },
  )
})

test('a working days and then b are a + b where no day ends at midnight', () => {
  const days = fc.integer({ min: 1, max: 300 })
  const open = calendar.filter(({ week }) => !JSON.stringify(week).includes('24:00'))
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      open,
      instant,
      days,
      days,
      (zone, calendar, from, a, b) => {
        const { afterDays } = workingTimeOf(calendar, zone)

        expect(afterDays(afterDays(from, a), b)).toBe(afterDays(from, a + b))
      },
    ),
    { numRuns: 100 },
  )
})
