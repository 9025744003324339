import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { readPolicy } from '../../../server/policies/read-policy.ts'

const week = { monday: ['09:00-17:00'] }

const given = (holidays: unknown, rest: object = {}) => ({
  ...defaultPolicy,
  timeZone: 'America/New_York',
  workingCalendar: { week, holidays },
  ...rest,
})

const files: Record<string, string> = {
  'holidays.txt': '# The city’s own\n2026-03-17  # Evacuation Day\n\n2026-06-17\r\n',
  'bad.txt': '17/03/2026\n',
}

async function readFile(name: string): Promise<string> {
  if (!(name in files)) throw new Error(`cannot be read: ${name}`)
  return files[name]!
}

const holidaysOf = async (holidays: unknown, rest: object = {}) => {
  const { policy, faults } = await readPolicy(given(holidays, rest), readFile)
  return policy?.workingCalendar?.holidays ?? faults
}

test('a country’s public holidays become dates, with the days that stand in for them', async () => {
  const dates = await holidaysOf({ country: 'US', state: 'ma', years: [2026, 2027] })

  expect(dates).toContain('2026-04-20')
  expect(dates).toContain('2026-07-03')
  expect(dates).toContain('2027-12-24')
  expect(dates).not.toContain('2026-10-31')
  expect(dates).toEqual([...new Set(dates as string[])].sort())
})

test('an afternoon off is no holiday, and a feast that begins at sunset is the day after', async () => {
  const china = await holidaysOf(
    { country: 'CN', years: [2026, 2026] },
    { timeZone: 'Asia/Shanghai' },
  )
  const israel = await holidaysOf(
    { country: 'il', years: [2026, 2026] },
    { timeZone: 'Asia/Jerusalem' },
  )
  const turkey = await holidaysOf(
    { country: 'TR', years: [2026, 2026] },
    { timeZone: 'Europe/Istanbul' },
  )

  expect(china).not.toContain('2026-03-08')
  expect(china).toContain('2026-02-17')
  expect(israel).toContain('2026-09-21')
  expect(israel).not.toContain('2026-09-20')
  expect((turkey as string[]).filter((date) => date.startsWith('2026-03'))).toEqual([
    '2026-03-20',
    '2026-03-21',
    '2026-03-22',
  ])
})

test('dates, files and countries can stand in one list', async () => {
  const dates = await holidaysOf([
    '2026-12-24',
    { file: 'holidays.txt' },
    { country: 'US', years: [2026, 2026] },
  ])

  expect(dates).toEqual(
    expect.arrayContaining(['2026-03-17', '2026-06-17', '2026-11-26', '2026-12-24']),
  )
})

test.each([
  [{ file: 'none.txt' }, /cannot be read: none\.txt/],
  [{ file: 'bad.txt' }, /must be a date/],
  [{ country: 'XX', years: [2026, 2026] }, /knows no country called XX/],
  [{ country: 'TW', state: 'zz', years: [2026, 2026] }, /knows no state of TW called zz/],
  [{ country: 'US', years: [2026] }, /the first and the last year/],
  [{ country: 'US', years: [2027, 2026] }, /100 years/],
  ['Christmas', /must be a date/],
])('refuses %j in words', async (holidays, words) => {
  const { faults } = await readPolicy(given(holidays), readFile)

  expect(faults!.every(({ path }) => path.startsWith('workingCalendar.holidays'))).toBe(true)
  expect(faults![0]!.error).toMatch(words)
})

test.each([
  [
    'a target in working time without a calendar',
    { workingCalendar: null, dueWithin: { default: { workingDays: 5 } } },
    'workingCalendar',
  ],
  ['a target of another kind', { dueWithin: { default: { days: 5 } } }, 'dueWithin.default'],
  ['a week without work', { workingCalendar: { week: {} } }, 'workingCalendar.week'],
  [
    'a day that is not one',
    { workingCalendar: { week: { noday: ['09:00-17:00'] } } },
    'workingCalendar.week',
  ],
  [
    'hours that end before they begin',
    { workingCalendar: { week: { monday: ['17:00-09:00'] } } },
    'workingCalendar.week.monday.0',
  ],
  [
    'hours that overlap',
    { workingCalendar: { week: { monday: ['09:00-12:00', '11:00-17:00'] } } },
    'workingCalendar.week.monday',
  ],
])('refuses %s', async (_, wrong, path) => {
  const { faults } = await readPolicy({ ...defaultPolicy, ...wrong }, readFile)

  expect(faults!.map((fault) => fault.path)).toContain(path)
})

test('what is not even an object is refused', async () => {
  for (const nothing of [null, 7, [], 'policy']) {
    expect((await readPolicy(nothing, readFile)).faults).toHaveLength(1)
  }
})

test('a zone is told by its name: an offset is refused, which PostgreSQL would read the other way round', async () => {
  const { faults } = await readPolicy({ ...defaultPolicy, timeZone: '+08:00' }, readFile)

  expect(JSON.stringify(faults)).toContain('must be an IANA time zone')
})
