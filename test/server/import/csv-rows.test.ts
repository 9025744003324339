import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openCsv } from '../../../server/import/csv-rows.ts'

const FILES = path.join(import.meta.dirname, 'files')

async function rowsOf(name: string, options = {}) {
  const file = path.resolve(FILES, name)
  const csv = await openCsv(file, { encoding: 'utf-8', delimiter: ',', ...options })
  const { columns } = csv
  return { columns, rows: (await Array.fromAsync(csv.rows)).flat() }
}

/** A folder of its own. `await using` removes it. */
async function folder() {
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-csv-'))
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) }
}

const oddities = {
  columns: ['id', 'opened', 'closed', 'ward', 'note'],
  rows: [
    {
      line: 2,
      cells: ['1', '2020-07-01 08:00:00', '07/02/2020 09:30:00 AM', 'Ward 17', 'one\r\ntwo'],
    },
    { line: 5, cells: ['2', '07/01/2020 08:00:00 PM', '', 'WARD 17', ''] },
    { line: 6, cells: ['3', '2020-06-30 23:59:59', '', 'ward-17', 'said "hello", left'] },
  ],
}

test('reads a byte order mark, CRLF, blank lines, quotes and cells of several lines', async () => {
  expect(await rowsOf('oddities.csv')).toEqual(oddities)
})

test('tells gzip by its first bytes, whatever the file is called', async () => {
  await using place = await folder()
  const name = path.join(place.dir, 'oddities.csv')
  await writeFile(name, gzipSync(await readFile(path.join(FILES, 'oddities.csv'))))

  expect(await rowsOf(name)).toEqual(oddities)
})

test('reads another encoding when told, and refuses bytes that are not of it', async () => {
  const { rows } = await rowsOf('latin.csv', { encoding: 'windows-1252' })

  expect(rows[0]!.cells).toEqual(['1', '2020-07-01', 'café'])
  await expect(rowsOf('latin.csv')).rejects.toThrow(/not in the mapping’s encoding/)
})

test('refuses an empty file and a file that is not there', async () => {
  await expect(rowsOf('empty.csv')).rejects.toThrow(/empty.csv is empty/)
  await expect(rowsOf('nowhere.csv')).rejects.toThrow(/nowhere.csv cannot be read/)
})

test('refuses a damaged gzip file', async () => {
  await using place = await folder()
  const name = path.join(place.dir, 'cut.csv.gz')
  await writeFile(name, gzipSync('id,opened\n1,2020-07-01\n').subarray(0, 30))

  await expect(rowsOf(name)).rejects.toThrow(/damaged gzip/)
})

test('names the line on which a row with a wrong quote begins', async () => {
  await expect(rowsOf('quote-not-closed.csv')).rejects.toThrow(
    /line 3: a quote is opened and never/,
  )
  await expect(rowsOf('quote-in-the-middle.csv')).rejects.toThrow(
    /line 3: a quote is closed in the/,
  )
})

test('a quote that is never closed in a big file costs bounded memory', async () => {
  await using place = await folder()
  const name = path.join(place.dir, 'big.csv')
  await pipeline(Readable.from(bigFile()), createWriteStream(name))
  const before = process.memoryUsage().rss

  await expect(rowsOf(name)).rejects.toThrow(/line 2: longer than 1000000 characters/)

  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

function* bigFile() {
  yield 'id,opened,note\n1,2020-07-01,"never closed\n'
  const block = 'x'.repeat(1_000_000)
  for (let i = 0; i < 200; i++) yield block
}
