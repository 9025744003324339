import { expect, test } from 'vitest'
import { eventOf, jsonOf } from '../../../server/import/event-of.ts'
import { readMapping } from '../../../server/import/find-mapping.ts'
import { rowReader } from '../../../server/import/row-reader.ts'
import { mappingJson } from './mapping-json.ts'

/** One row, given by column, through a mapping. */
function take(said: object, cells: Record<string, string>) {
  const mapping = readMapping(JSON.stringify(said), 'town.json')
  const row = { id: '1', opened: '2020-07-01', ...cells }
  const read = rowReader(mapping, { name: 'town.csv', columns: Object.keys(row) })
  const { ticket, remarks } = eventOf(read(Object.values(row)), mapping)
  return { value: jsonOf(ticket), remarks }
}

test('a field can be a column, several joined, the first that says something, or a constant', () => {
  const mapping = mappingJson(
    { timeFormats: ['M/d/yyyy h:mm a', 'iso'] },
    {
      receivedAt: { joined: ['day', 'time'] },
      agency: { firstOf: ['unit', 'department'] },
      channel: { value: 'phone' },
      area: 'ward',
    },
  )
  const cells = { day: '7/1/2020', time: '3:05 PM', unit: ' ', department: 'DPW', ward: ' Ward 7 ' }

  expect(take(mapping, cells).value).toMatchObject({
    receivedAt: '2020-07-01T19:05:00.000Z',
    agency: 'DPW',
    channel: 'phone',
    area: 'Ward 7',
  })
})

test('what means blank is not stated', () => {
  const mapping = mappingJson({ blanks: ['NA', 'n/a'] }, { area: 'ward', agency: 'unit' })

  const { value } = take(mapping, { ward: ' NA ', unit: '' })

  expect(value).toMatchObject({ area: null, agency: null })
})

test('a table translates, by text or by pattern, and keeps or drops what it does not know', () => {
  const tables = {
    keeping: { codes: { Phone: 'phone' } },
    dropping: { patterns: [['^Case resolved', 'resolved']], unknown: 'drop' },
  }
  const fields = {
    channel: { column: 'via', table: 'keeping' },
    closeReason: { column: 'why', table: 'dropping' },
    closedAt: 'closed',
  }
  const via = (via: string, why: string) =>
    take(mappingJson({ tables }, fields), { via, why, closed: '2020-07-02' }).value

  expect(via(' PHONE', 'Case resolved. Thank Mr. Miller of 5 Elm St')).toMatchObject({
    channel: 'phone',
    closeReason: 'resolved',
  })
  expect(via('Carrier pigeon', 'my neighbour did it')).toMatchObject({
    channel: 'Carrier pigeon',
    closeReason: null,
  })
})

test('without status rules a row with a closing date is closed', () => {
  const mapping = mappingJson({}, { closedAt: 'closed' })

  expect(take(mapping, { closed: '2020-07-02' }).value.status).toBe('closed')
  expect(take(mapping, { closed: '' }).value.status).toBe('open')
})

test('the first status rule that holds counts; a label in any column can be one', () => {
  const status = [
    { column: 'type', matches: '\\(duplicate\\)$', status: 'duplicate' },
    { column: 'state', equals: ['Closed', 'Done'], status: 'closed' },
    { column: 'state', empty: true, status: 'withdrawn' },
    { status: 'open' },
  ]
  const statusOf = (type: string, state: string) =>
    take(mappingJson({ status }, { closedAt: 'closed' }), { type, state, closed: '2020-07-02' })
      .value.status

  expect(statusOf('Pothole (Duplicate)', 'Closed')).toBe('duplicate')
  expect(statusOf('Pothole', 'DONE ')).toBe('closed')
  expect(statusOf('Pothole', ' ')).toBe('withdrawn')
  expect(statusOf('Pothole', 'Pending')).toBe('open')
})

test('a row for which no status rule holds says so', () => {
  const status = [{ column: 'state', equals: 'Closed', status: 'closed' }]

  expect(() => take(mappingJson({ status }), { state: 'Odd' })).toThrow(/none of the status rules/)
})

test('where status and closing date disagree, the mapping says which is believed', () => {
  const status = [{ column: 'state', equals: 'Closed', status: 'closed' }, { status: 'open' }]
  const settle = (disagreement: string, cells: Record<string, string>) =>
    take(mappingJson({ status, disagreement }, { closedAt: 'closed' }), cells)
  const pending = { state: 'Pending', closed: '2020-07-02' }

  expect(settle('status', pending)).toMatchObject({
    value: { status: 'open', closedAt: null },
    remarks: ['disagreeing'],
  })
  expect(settle('closedAt', pending)).toMatchObject({
    value: { status: 'closed', closedAt: '2020-07-02T04:00:00.000Z' },
    remarks: ['disagreeing'],
  })
  expect(settle('status', { state: 'Closed', closed: '' })).toMatchObject({
    value: { status: 'open', closedAt: null },
    remarks: ['undated'],
  })
})

test('the default version is the newest time of the row, the due date aside', () => {
  const fields = { closedAt: 'closed', dueAt: 'due', updatedAt: 'changed' }
  const versionOf = (cells: Record<string, string>) =>
    new Date(take(mappingJson({}, fields), { closed: '', changed: '', ...cells }).value.version)

  expect(versionOf({ due: '2020-08-01' })).toEqual(new Date('2020-07-01T04:00:00Z'))
  expect(versionOf({ due: '', closed: '2020-07-05' })).toEqual(new Date('2020-07-05T04:00:00Z'))
  expect(versionOf({ due: '', closed: '2020-07-05', changed: '2020-07-06' })).toEqual(
    new Date('2020-07-06T04:00:00Z'),
  )
})

test('a file that numbers its versions is believed', () => {
  expect(take(mappingJson({}, { version: 'rev' }), { rev: '7' }).value.version).toBe(7)
})

test('a closing date before the opening date is kept and remarked', () => {
  const { value, remarks } = take(mappingJson({}, { closedAt: 'closed' }), { closed: '2020-06-30' })

  expect(value).toMatchObject({ status: 'closed', closedAt: '2020-06-30T04:00:00.000Z' })
  expect(remarks).toEqual(['closedFirst'])
})

test('a coordinate that stands for "not known" is no location', () => {
  const mapping = mappingJson(
    {
      nowhere: [
        [0, 0],
        [39, -77],
      ],
    },
    { lat: 'lat', lon: 'lon' },
  )
  const place = (lat: string, lon: string) => take(mapping, { lat, lon })

  expect(place('0.0', '0')).toMatchObject({ value: { location: null }, remarks: ['nowhere'] })
  expect(place('39', '-77.000')).toMatchObject({ value: { location: null } })
  expect(place('', '')).toMatchObject({ value: { location: null }, remarks: [] })
  expect(place('42.3', '-71.1')).toMatchObject({ value: { location: { lat: 42.3, lon: -71.1 } } })
})

test('a date that stands for "some day" is lowered to the latest there may be', () => {
  const mapping = mappingJson({}, { dueAt: { column: 'due', latest: '2030-12-31T00:00:00' } })

  expect(take(mapping, { due: '2059-12-31' })).toMatchObject({
    value: { dueAt: '2030-12-31T05:00:00.000Z' },
    remarks: ['lowered'],
  })
})

test('a survey comes with its time', () => {
  const fields = { surveyAt: 'asked', surveyResolved: 'fixed', surveySatisfaction: 'stars' }
  const ask = (asked: string) =>
    take(mappingJson({}, fields), { asked, fixed: 'Yes', stars: '4' }).value.survey

  expect(ask('2020-07-03')).toEqual({
    at: '2020-07-03T04:00:00.000Z',
    resolved: true,
    satisfaction: 4,
  })
  expect(ask('')).toBeNull()
})

test('a time that cannot be read names its column and what it says', () => {
  expect(() => take(mappingJson(), { opened: 'yesterday' })).toThrow(/"yesterday" is in none of/)
})

test('a row with too many or too few cells is not guessed at', () => {
  const mapping = readMapping(JSON.stringify(mappingJson()), 'town.json')
  const read = rowReader(mapping, { name: 'town.csv', columns: ['id', 'opened'] })

  expect(() => read(['1', '2020-07-01', 'extra'])).toThrow(/3 cells where the header has 2/)
})
