import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { commandProcess } from '../import/command-process.ts'
import { mappingJson } from '../import/mapping-json.ts'
import { freshDatabase } from '../../support/database.ts'

const CSV = `id,opened,closed
1,2020-07-01T00:00:00Z,2020-07-01T00:00:40Z
2,2020-07-01T00:00:20Z,
3,someday,
`

/** A database, and a folder with a mapping and a short history to play into it. */
async function theatre() {
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-replay-'))
  const database = await freshDatabase()
  await writeFile(
    path.join(dir, 'town.json'),
    JSON.stringify(mappingJson({}, { closedAt: 'closed' })),
  )
  await writeFile(path.join(dir, 'town.csv'), CSV)
  const args = ['town.csv', '--as', './town.json']
  const env = { DATABASE_URL: database.url }

  return {
    ...database,
    play: (...more: string[]) =>
      commandProcess('server/replay/cli.ts', [...args, ...more], { cwd: dir, env }),
    tickets: () =>
      database.db
        .selectFrom('ticket')
        .select(['id', 'status', 'receivedAt', 'version'])
        .orderBy('id')
        .execute(),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await rm(dir, { recursive: true })
    },
  }
}

test('plays a history into the database, each step as an event of its own', async () => {
  await using town = await theatre()

  const { code, output } = await town.play('--speed', '40').ended

  expect(output).toMatch(/It was not checked: no server is given/)
  expect(output).toMatch(/1 rows cannot be read/)
  expect(output).toMatch(/3 of 3 events were told/)
  expect(await town.tickets()).toMatchObject([
    { id: '1', status: 'closed', version: Date.parse('2020-07-01T00:00:40Z') },
    { id: '2', status: 'open' },
  ])
  expect(await town.db.selectFrom('ticketHistory').select('status').execute()).toEqual([
    { status: 'open' },
  ])
  expect(code).toBe(0)
})

test('moved to now, the history ends in the present and goes on live', async () => {
  await using town = await theatre()
  const startedAt = Date.now()

  const { child, ended } = town.play('--shift', 'now')
  await expect.poll(async () => (await town.tickets()).length, { timeout: 10_000 }).toBe(2)
  const [first, last] = await town.tickets()
  child.kill('SIGINT')
  const { code, output } = await ended

  expect(last!.receivedAt).toBeGreaterThanOrEqual(startedAt)
  expect(last!.receivedAt - first!.receivedAt).toBe(20_000)
  expect(first!.status).toBe('open')
  expect(output).toMatch(/2 of 3 events were told/)
  expect(code).toBe(130)
})
