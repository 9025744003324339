import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { auditCommand } from '../../../server/audit/cli.ts'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { commandProcess } from '../import/command-process.ts'

const FILE = path.resolve('../shared/data/nyc-311-one-day/nyc-311-2018-10-21.csv.gz')
if (!existsSync(FILE)) console.warn(`New York's one day is not replayed: ${FILE} is not there.`)

type Cells = Record<string, string>
type Believe = 'status' | 'closedAt'

/** The file read without our mapping. */
const readCells = (): Cells[] =>
  parse<Cells>(gunzipSync(readFileSync(FILE)), { columns: true, bom: true })

/** What a row ends as, said by its own cells. */
function endsAs(cells: Cells, believe: Believe): string {
  const isDated = cells['Closed Date'] !== ''
  if (/complaint .*is a duplicate/i.test(cells['Resolution Description']!)) return 'duplicate'
  if (believe === 'closedAt') return isDated ? 'closed' : 'open'
  return isDated && cells.Status === 'Closed' ? 'closed' : 'open'
}

function countBy(names: string[]): Record<string, number> {
  const groups = Object.entries(Object.groupBy(names, (name) => name))
  return Object.fromEntries(groups.map(([name, all]) => [name, all!.length]))
}

/** The mapping that ships, but for which of the two is believed. */
async function mappingFile(believe: Believe) {
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-new-york-'))
  const name = path.join(dir, 'new-york.json')
  const shipped = await findMapping('nyc-311')
  await writeFile(name, JSON.stringify({ ...shipped, disagreement: believe }))
  return { dir, name, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) }
}

test.skipIf(!existsSync(FILE))(
  'the file says what the oracle of this test is made of',
  async () => {
    const rows = readCells()
    const undated = rows.filter((cells) => cells['Closed Date'] === '')
    const disagreeing = rows.filter((one) => one['Closed Date'] !== '' && one.Status !== 'Closed')

    expect([rows.length, undated.length, disagreeing.length]).toEqual([6765, 4324, 117])
  },
)

test.skipIf(!existsSync(FILE)).each(['status', 'closedAt'] as const)(
  'New York’s one day, played to a server that goes by the events, ends as the file does where %s is believed',
  { timeout: 120_000 },
  async (believe) => {
    await using app = await runningApp({ clock: 'events' })
    await using mapping = await mappingFile(believe)
    const { key } = await addSource(app.db, { name: 'New York', kind: 'file' })
    const place = { cwd: mapping.dir, env: { DATABASE_URL: app.url, SOURCE_KEY: key } }
    const to = ['--to', app.origin, '--speed', 'max', '--until', '2018-10-23']

    const args = [FILE, '--as', mapping.name, ...to]
    const played = await commandProcess('server/replay/cli.ts', args, place).ended
    const audited = await commandOn(app.url, auditCommand)()

    const tickets = await app.db.selectFrom('ticket').select('status').execute()
    const rows = readCells()
    expect(countBy(tickets.map(({ status }) => status))).toEqual(
      countBy(rows.map((cells) => endsAs(cells, believe))),
    )
    expect(played.output).toMatch(/ 0 {2}rejected/)
    expect(played.code).toBe(0)
    expect(audited.output).toContain('The numbers are exact.')
  },
)
