import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FILES, importing } from './importing.ts'

/*
 * What files of real cities hold. Each oddity has a small file and the mapping that a user would write
 * for it; a row is taken for what it says, and what was odd about it is counted in the summary.
 */

/** The file `files/NAME.csv` through `files/NAME.json`: what is stored, by id, and what was said. */
async function imported(name: string) {
  const mapping = JSON.parse(await readFile(path.join(FILES, `${name}.json`), 'utf8')) as object
  const city = await importing(mapping)
  const [tally] = await city.run([`${name}.csv`])
  const tickets = await city.db
    .selectFrom('ticket')
    .leftJoin('member as areaOf', 'areaOf.id', 'ticket.area')
    .leftJoin('member as agencyOf', 'agencyOf.id', 'ticket.agency')
    .leftJoin('member as categoryOf', 'categoryOf.id', 'ticket.category')
    .selectAll('ticket')
    .select(['areaOf.code as ward', 'agencyOf.code as unit', 'categoryOf.code as kind'])
    .orderBy('ticket.id')
    .execute()
  const { accepted, rejected, remarks } = tally!
  const odd = Object.fromEntries(Object.entries(remarks).filter(([, count]) => count > 0))
  return {
    tickets,
    counted: { accepted, rejected, ...odd },
    summary: city.printed.join('\n'),
    rejects: () => readFile(city.rejects, 'utf8'),
    [Symbol.asyncDispose]: () => city[Symbol.asyncDispose](),
  }
}

/** New York's clock, as people there would write it. */
function local(at: number | null): string | null {
  if (at === null) return null
  const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('America/New_York')
  return clock.toPlainDateTime().toString({ smallestUnit: 'second' })
}

test('two date formats in one file are both read, and rows that need the second are counted', async () => {
  await using town = await imported('two-date-formats')

  const times = town.tickets.map(({ receivedAt, closedAt }) => [local(receivedAt), local(closedAt)])
  expect(times).toEqual([
    ['2020-07-01T08:00:00', '2020-07-02T09:30:00'],
    ['2020-07-03T00:00:00', '2020-07-04T00:00:00'],
    ['2020-07-05T10:00:00', '2020-07-06T00:00:00'],
  ])
  expect(town.counted).toEqual({ accepted: 3, rejected: 1, otherFormat: 2 })
  expect(town.summary).toMatch(/2 {2}rows with a time in another than the first/)
  expect(await town.rejects()).toContain('4,3 July 2020,,5,"opened: ""3 July 2020"" is in none of')
})

test('lines that end in CRLF leave nothing behind in the last cell', async () => {
  await using town = await imported('crlf')
  expect(await readFile(path.join(FILES, 'crlf.csv'), 'utf8')).toContain('Ward 1\r\n')

  expect(town.tickets.map(({ ward }) => ward)).toEqual(['Ward 1', 'Ward 2', 'Ward 3'])
  expect(town.counted).toEqual({ accepted: 3, rejected: 0 })
})

test('one ward in several spellings is one area, as first written, and the others are counted', async () => {
  await using town = await imported('mixed-case')

  const wards = town.tickets.map(({ ward }) => ward)
  expect(wards).toEqual(['Ward 17', 'Ward 17', 'Ward 17', 'Ward 17', 'Ward 1', null])
  expect(new Set(town.tickets.map(({ unit }) => unit))).toEqual(new Set(['Parks']))
  expect(town.counted).toEqual({ accepted: 6, rejected: 0, respelled: 3 })
  expect(town.summary).toMatch(/3 {2}rows that spell an agency, area/)
})

test('rows of another month are kept where they belong, and counted as outside the file’s', async () => {
  await using town = await imported('other-month')

  expect(town.tickets.map(({ receivedAt }) => local(receivedAt)!.slice(0, 7))).toEqual([
    ...['2020-06', '2020-07', '2020-07', '2020-07', '2020-08', '2019-07'],
  ])
  expect(town.counted).toEqual({ accepted: 6, rejected: 0, outside: 3 })
  expect(town.summary).toMatch(/3 {2}rows received in another period than most: kept/)
})

test('AM and PM are read, also at twelve; an hour that is neither is rejected', async () => {
  await using town = await imported('am-pm')

  expect(town.tickets.map(({ receivedAt }) => local(receivedAt)!.slice(11))).toEqual([
    ...['00:00:00', '12:00:00', '13:05:09', '23:59:59'],
  ])
  expect(town.counted).toEqual({ accepted: 4, rejected: 1 })
  expect(await town.rejects()).toContain('5,07/01/2020 13:00:00 PM,6,')
})

test('coordinates that stand for "not known" are dropped and counted, those near them are kept', async () => {
  await using town = await imported('sentinel-coordinates')

  expect(town.tickets.map(({ lat, lon }) => [lat, lon])).toEqual([
    [null, null],
    [null, null],
    [null, null],
    [38.91, -77.03],
    [0, -77],
    [null, null],
  ])
  expect(town.counted).toEqual({ accepted: 6, rejected: 0, nowhere: 3 })
  expect(town.summary).toMatch(/3 {2}rows with coordinates that mean "not known where"/)
})

test('cells of several lines are one cell, and a rejected row is named by the line it begins on', async () => {
  await using town = await imported('multi-line-cells')

  expect(town.tickets.map(({ summary }) => summary)).toEqual([
    'first\nsecond, with a comma\n\nfourth, "quoted"',
    'plain',
  ])
  expect(town.counted).toEqual({ accepted: 2, rejected: 1 })
  expect(await town.rejects()).toContain('2,yesterday,"one\ntwo",6,')
})

test('offsets that lie are ignored when the mapping says so, in summer and in winter, and counted', async () => {
  await using town = await imported('lying-offsets')

  expect(town.tickets.map(({ receivedAt }) => local(receivedAt))).toEqual([
    ...['2020-07-01T08:00:00', '2020-12-01T08:00:00', '2020-07-01T08:00:00'],
  ])
  expect(local(town.tickets[0]!.closedAt)).toBe('2020-07-01T09:00:00')
  expect(town.counted).toEqual({ accepted: 3, rejected: 0, offsetIgnored: 2 })
  expect(town.summary).toMatch(/2 {2}rows with a time that states an offset: taken as local/)
})

test('a close before receipt is kept and counted; one at the same moment is nothing odd', async () => {
  await using town = await imported('closed-first')

  expect(town.tickets.map(({ status, closedAt }) => [status, local(closedAt)])).toEqual([
    ['closed', '2020-07-01T10:00:00'],
    ['closed', '2020-07-02T10:00:00'],
    ['closed', '2020-07-03T10:00:00'],
    ['open', null],
  ])
  expect(town.counted).toEqual({ accepted: 4, rejected: 0, closedFirst: 1 })
  expect(town.summary).toMatch(/1 {2}rows closed before they were received: kept, their duration/)
})

test('what is labelled "(Duplicate)" is a duplicate of its kind, and counted as excluded', async () => {
  await using town = await imported('duplicate-labels')

  expect(town.tickets.map(({ status, kind }) => [status, kind])).toEqual([
    ['closed', 'Pothole'],
    ['duplicate', 'Pothole'],
    ['duplicate', 'Pothole'],
    ['open', 'Duplicate key lost'],
  ])
  expect(town.counted).toEqual({ accepted: 4, rejected: 0, excluded: 2 })
  expect(town.summary).toMatch(/2 {2}rows that are duplicates, withdrawn or out of jurisdiction/)
})
