import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { importCommand } from '../../../server/import/cli.ts'
import { openDatabase } from '../../../server/db/open-database.ts'
import { createLog } from '../../../server/log.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { dataFolder } from '../../support/server-process.ts'
import { commandProcess } from './command-process.ts'
import { mappingJson } from './mapping-json.ts'

const FILES = path.join(import.meta.dirname, 'files')

/** A folder to run the command in, with a mapping and a file of `rows` tickets. */
async function workplace(rows: number) {
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-cli-'))
  const mapping = mappingJson({}, { closedAt: 'closed' })
  await writeFile(path.join(dir, 'town.json'), JSON.stringify(mapping))
  const lines = Array.from({ length: rows }, (_, i) => `${i},2020-07-01,2020-07-02\n`)
  await writeFile(path.join(dir, 'many.csv'), `id,opened,closed\n${lines.join('')}`)

  return {
    dir,
    start: (args: string[], env: Record<string, string>) =>
      commandProcess('server/import/cli.ts', args, { cwd: dir, env }),
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}

const MANY = ['many.csv', '--as', './town.json']

test('says what became of the rows, and that some were rejected, and ends well', async () => {
  await using city = await freshDatabase()
  await using place = await workplace(0)
  const args = [path.join(FILES, 'faults.csv'), '--as', './town.json']

  const { code, output } = await place.start(args, { DATABASE_URL: city.url }).ended

  expect(output).toMatch(/faults.csv: 6 rows in/)
  expect(output).toMatch(/2 {2}accepted/)
  expect(output).toMatch(/4 {2}rejected +rows and reasons in faults.csv.rejects.csv/)
  expect(code).toBe(0)
})

test('a kill loses nothing that was taken, and a second run takes the rest', async () => {
  await using city = await freshDatabase()
  await using place = await workplace(20_000)
  const countTickets = async () => Number((await city.sql`select count(*) as n from ticket`)[0]!.n)
  const env = { DATABASE_URL: city.url }

  const killed = place.start(MANY, env)
  await expect.poll(countTickets, { interval: 20 }).toBeGreaterThan(0)
  killed.child.kill('SIGKILL')
  await killed.ended
  const taken = await countTickets()
  const { output } = await place.start(MANY, env).ended

  expect(taken).toBeLessThan(20_000)
  expect(await countTickets()).toBe(20_000)
  expect(output).toContain(`${(20_000 - taken).toLocaleString('en')}  accepted`)
  expect(output).toContain(`${taken.toLocaleString('en')}  unchanged`)
})

test('Ctrl-C finishes what is under way and says where it stopped', async () => {
  await using city = await freshDatabase()
  await using place = await workplace(20_000)

  const { child, ended } = place.start(MANY, { DATABASE_URL: city.url })
  const isRunning = async () => (await city.sql`select 1 from ticket limit 1`).length
  await expect.poll(isRunning, { interval: 20 }).toBe(1)
  child.kill('SIGINT')
  const { code, output } = await ended

  const [, line] = output.match(/Stopped after line (\d+)/)!
  const [tickets] = await city.sql`select count(*) as n from ticket`
  expect(Number(line) - 1).toBe(tickets!.n)
  expect(code).toBe(130)
})

test('works beside a running server, whose database it finds through DATA_DIR', async () => {
  await using place = await workplace(100)
  await using folder = await dataFolder()
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  const server = await openDatabase(config, { role: 'server', log: createLog('silent') })

  const { code, output } = await place.start(MANY, { DATA_DIR: folder.dataDir }).ended

  expect(output).toMatch(/100 {2}accepted/)
  expect(code).toBe(0)
  expect(await server.sql`select from ticket`).toHaveLength(100)
  await server.close()
})

test('starts the embedded database itself when no server runs, and stops it again', async () => {
  await using place = await workplace(100)
  await using folder = await dataFolder()

  const { output } = await place.start(MANY, { DATA_DIR: folder.dataDir }).ended

  expect(output).toMatch(/100 {2}accepted/)
  expect(await folder.postmaster()).toBeUndefined()
})

test.each([
  ['no mapping', ['many.csv'], /npm run import -- FILE/],
  ['no file', ['--as', 'boston-311'], /npm run import -- FILE/],
  ['an option there is not', ['many.csv', '--like', 'x'], /--like/],
  ['a file that is not there', ['none.csv', '--as', 'town.json'], /none.csv cannot be read/],
  [
    'a mapping for other columns',
    ['many.csv', '--as', 'boston-311'],
    /does not have: .*case_enquiry_id/,
  ],
])('%s is refused before anything is opened', async (_, args, problem) => {
  await using place = await workplace(1)
  const nowhere = commandOn('postgres://nobody@127.0.0.1:1/x', importCommand)
  const inPlace = (word: string) => (/\.(csv|json)$/.test(word) ? path.join(place.dir, word) : word)

  const { code, output } = await nowhere(...args.map(inPlace))

  expect(output).toMatch(problem)
  expect(output).not.toContain('    at ')
  expect(code).toBe(1)
})
