import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readMapping } from '../../../server/import/find-mapping.ts'
import { checkFiles } from '../../../server/import/import-files.ts'
import { FILES, importing } from './importing.ts'
import { mappingJson } from './mapping-json.ts'

const oddities = mappingJson(
  { timeFormats: ['yyyy-MM-dd HH:mm:ss', 'MM/dd/yyyy hh:mm:ss a'] },
  { closedAt: 'closed', area: 'ward', summary: 'note' },
)

test('two date formats, CRLF, AM and PM, cells of several lines and rows of other months come in', async () => {
  await using city = await importing(oddities)

  const [tally] = await city.run(['oddities.csv'])

  expect(tally).toMatchObject({ read: 3, accepted: 3, rejected: 0 })
  const rows = await city.db.selectFrom('ticket').selectAll().orderBy('id').execute()
  expect(rows).toMatchObject([
    {
      status: 'closed',
      receivedAt: Date.parse('2020-07-01T12:00:00Z'),
      closedAt: Date.parse('2020-07-02T13:30:00Z'),
      summary: 'one\r\ntwo',
    },
    { status: 'open', receivedAt: Date.parse('2020-07-02T00:00:00Z') },
    {
      status: 'open',
      receivedAt: Date.parse('2020-07-01T03:59:59Z'),
      summary: 'said "hello", left',
    },
  ])
})

test('one ward in several spellings is one area', async () => {
  await using city = await importing(oddities)

  await city.run(['oddities.csv'])

  const areas = await city.db.selectFrom('ticket').select('area').distinct().execute()
  expect(areas).toHaveLength(1)
})

test('the same file again changes nothing', async () => {
  await using city = await importing(oddities)
  await city.run(['oddities.csv'])
  const before = await city.db.selectFrom('journalHead').selectAll().execute()

  const [tally] = await city.run(['oddities.csv'])

  expect(tally).toMatchObject({ read: 3, accepted: 0, unchanged: 3 })
  expect(await city.db.selectFrom('journalHead').select('seq').execute()).toEqual(
    before.map(({ seq }) => ({ seq })),
  )
})

test('a row that cannot be taken is kept with its line and the reason, the others come in', async () => {
  await using city = await importing(mappingJson({}, { closedAt: 'closed' }))

  const [tally] = await city.run(['faults.csv'])

  expect(tally).toMatchObject({ read: 6, accepted: 2, rejected: 4 })
  expect(tally!.remarks.closedFirst).toBe(1)
  expect((await readFile(city.rejects, 'utf8')).split('\n')).toEqual([
    'id,opened,closed,rejected_line,rejected_because',
    '2,yesterday,,3,"opened: ""yesterday"" is in none of timeFormats"',
    '3,2020-07-01,4,2 cells where the header has 3',
    expect.stringMatching(/^,2020-07-01,,5,id: /),
    expect.stringMatching(/^6,2020-07-03,2199-01-01,7,closedAt: lies more than 10 minutes ahead/),
    '',
  ])
  expect(city.printed.join('\n')).toMatch(/4 {2}rejected +rows and reasons in .*rejects.csv/)
})

test('without a rejected row there is no rejects file', async () => {
  await using city = await importing(oddities)

  await city.run(['oddities.csv'])

  expect(existsSync(city.rejects)).toBe(false)
})

test('of two rows with one id and one version the first wins, every time', async () => {
  await using city = await importing(mappingJson({}, { area: 'ward' }))

  for (const counts of [
    { accepted: 1, conflicting: 1 },
    { unchanged: 1, conflicting: 1 },
  ]) {
    const [tally] = await city.run(['same-id-twice.csv'])
    expect(tally).toMatchObject({ read: 2, ...counts })
  }

  const { spelling } = await city.db
    .selectFrom('ticket')
    .innerJoin('member', 'member.id', 'ticket.area')
    .select('spelling')
    .executeTakeFirstOrThrow()
  expect(spelling).toBe('ward-1')
})

test('an import that was stopped can be run again', async () => {
  await using city = await importing(oddities)

  await city.run(['oddities.csv', 'oddities.csv'], AbortSignal.abort())
  const [tally] = await city.run(['oddities.csv'])

  expect(tally).toMatchObject({ accepted: 3 })
})

test('a file that breaks off keeps what came before, and says where', async () => {
  await using city = await importing(mappingJson())

  await expect(city.run(['quote-not-closed.csv'])).rejects.toThrow(/line 3: a quote is opened/)

  expect(await city.db.selectFrom('ticket').select('id').execute()).toEqual([{ id: '1' }])
})

test('a mapping that does not fit one of the files is refused before a row of any is read', async () => {
  const mapping = readMapping(JSON.stringify(oddities), 'town.json')
  const files = ['oddities.csv', 'faults.csv'].map((name) => path.join(FILES, name))

  await expect(checkFiles(files, mapping)).rejects.toThrow(
    /faults.csv.* does not have: ward, note/s,
  )
})
