import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openCsv } from '../../../server/import/csv-rows.ts'
import { eventOf, jsonOf } from '../../../server/import/event-of.ts'
import { readMapping } from '../../../server/import/find-mapping.ts'
import { rowReader } from '../../../server/import/row-reader.ts'

const readme = readFileSync('mappings/README.md', 'utf8')
const milltown = path.join(import.meta.dirname, 'files/milltown.csv')

test('the worked example of the mappings’ README does what it says', async () => {
  const [, json] = readme.match(/```json\n(.*?)```/s)!
  const mapping = readMapping(json!, 'README.md')
  const csv = await openCsv(milltown, mapping)
  const read = rowReader(mapping, csv)

  const rows = (await Array.fromAsync(csv.rows)).flat()
  const events = rows.map(({ cells }) => jsonOf(eventOf(read(cells), mapping).ticket))

  expect(events).toMatchObject([
    {
      id: '77',
      status: 'open',
      receivedAt: '2025-04-03T08:05:00.000Z',
      dueAt: '2030-12-31T00:00:00.000Z',
      channel: 'phone',
      summary: 'Deep,\nby the school',
      location: null,
    },
    { id: '78', status: 'closed', closedAt: '2025-04-04T23:00:00.000Z', channel: 'web' },
    { id: '79', status: 'duplicate', category: 'Tree', location: { lat: 53.61, lon: -2.15 } },
  ])
})

test('the file of the worked example is the one it shows', () => {
  for (const line of readFileSync(milltown, 'utf8').trimEnd().split('\n')) {
    expect(readme).toContain(`    ${line}\n`)
  }
})
