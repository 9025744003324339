import { describe, expect, test } from 'vitest'
import { readTime } from '../../../server/import/read-time.ts'
import { formatProblem } from '../../../server/import/time-format.ts'

function read(timeFormats: string[], text: string, offsets: 'trust' | 'ignore' = 'trust') {
  const at = readTime({ timeZone: 'America/New_York', timeFormats, offsets })(text)?.at
  return at === undefined ? undefined : new Date(at).toISOString()
}

test.each([
  ['yyyy-MM-dd HH:mm:ss', '2011-07-01 01:32:33', '2011-07-01T05:32:33.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '10/21/2018 12:05:09 AM', '2018-10-21T04:05:09.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '10/21/2018 12:05:09 pm', '2018-10-21T16:05:09.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '10/21/2018 01:05:09 P.M.', '2018-10-21T17:05:09.000Z'],
  ['M/d/yy H:mm', '1/9/18 0:07', '2018-01-09T05:07:00.000Z'],
  ['M/d/yy H:mm', '12/31/99 23:59', '2000-01-01T04:59:00.000Z'],
  ['d MMM yyyy', '4 July 2020', '2020-07-04T04:00:00.000Z'],
  ["yyyyMMdd'T'HHmmss.S", '20200704T010203.25', '2020-07-04T05:02:03.250Z'],
  ['yyyy-MM-dd HH:mm X', '2020-07-04 01:02 +05:30', '2020-07-03T19:32:00.000Z'],
  ['iso', '2020-07-04', '2020-07-04T04:00:00.000Z'],
  ['iso', '2020-07-04T01:02', '2020-07-04T05:02:00.000Z'],
  ['iso', '2020-07-04T01:02:03.123456', '2020-07-04T05:02:03.123Z'],
  ['iso', '2020-07-04T01:02:03Z', '2020-07-04T01:02:03.000Z'],
  ['iso', '2020-07-04 01:02:03-0700', '2020-07-04T08:02:03.000Z'],
])('%s reads %s', (format, text, expected) => {
  expect(read([format], text)).toBe(expected)
})

test.each([
  ['iso', '2011-02-29'],
  ['iso', '2011-13-01'],
  ['iso', '2011-01-01T24:00:00'],
  ['MM/dd/yyyy hh:mm:ss a', '10/21/2018 13:05:09 PM'],
  ['MM/dd/yyyy hh:mm:ss a', '10/21/2018 00:05:09 AM'],
  ['yyyy-MM-dd HH:mm:ss', '2011-07-01'],
  ['yyyy-MM-dd HH:mm:ss', '2011-07-01 01:32:33 EST'],
  ['d MMM yyyy', '4 Juli 2020x'],
])('%s does not read %s', (format, text) => {
  expect(read([format], text)).toBeUndefined()
})

test('formats are tried in order', () => {
  const formats = ['dd/MM/yyyy', 'MM/dd/yyyy']

  expect(read(formats, '03/04/2020')).toBe('2020-04-03T04:00:00.000Z')
  expect(read(formats, '04/30/2020')).toBe('2020-04-30T04:00:00.000Z')
})

test('an offset that lies can be ignored', () => {
  expect(read(['iso'], '2020-07-04T01:02:03Z', 'ignore')).toBe('2020-07-04T05:02:03.000Z')
})

describe('a format is refused that', () => {
  test.each([
    ['has a letter that means nothing', 'yyyy-MM-dd QQ', /Q means nothing/],
    ['has no year', 'MM/dd HH:mm', /needs a year/],
    ['has no way to tell morning from evening', 'yyyy-MM-dd hh:mm', /h .* and a .* go together/],
  ])('%s', (_, format, problem) => {
    expect(formatProblem(format)).toMatch(problem)
  })
})
