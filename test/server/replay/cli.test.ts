import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { playHistory } from '../../../server/replay/cli.ts'
import { commandProcess } from '../import/command-process.ts'
import { mappingJson } from '../import/mapping-json.ts'
import { runningApp } from '../../support/app.ts'
import { overheard } from '../../support/command.ts'
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
  // Where no server is.
  const env = { DATABASE_URL: database.url, PORT: '1' }
  const args = (place: string) => [
    path.join(place, 'town.csv'),
    '--as',
    path.join(place, 'town.json'),
  ]
  const { signal: stop } = new AbortController()
  const playBeside = (port: string, ...more: string[]) =>
    overheard(() => playHistory([...args(dir), ...more], { env: { ...env, PORT: port }, stop }))

  return {
    ...database,
    playBeside,
    play: (...more: string[]) => playBeside(env.PORT, ...more),
    /** As it is run from a shell that stands in the folder. */
    fromShell: (...more: string[]) =>
      commandProcess('server/replay/cli.ts', [...args('.'), ...more], { cwd: dir, env }),
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

  const { code, output } = await town.play('--speed', '40', '--until', '2021-01-01')

  expect(output).toMatch(/No server is running at http:\/\/localhost:1:/)
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

test('without an end it plays up to the last receipt, and says what is left out', async () => {
  await using town = await theatre()

  const { code, output } = await town.play('--speed', 'max')

  expect(output).toMatch(/Playing 2 events, from 2020-06-30T20:00 to 2020-06-30T20:00\./)
  expect(output).toMatch(/1 later changes are left out: --until TIME/)
  expect(await town.tickets()).toMatchObject([{ status: 'open' }, { status: 'open' }])
  expect(code).toBe(0)
})

test('beside a server that goes by the clock of its database, only the speed of time is played', async () => {
  await using town = await theatre()
  await using server = await runningApp()
  const { port } = new URL(server.origin)

  const { code, output } = await town.playBeside(port, '--speed', '40')

  expect(output).toMatch(/goes by the clock of its database\. Start it with CLOCK=events/)
  expect(await town.tickets()).toEqual([])
  expect(code).toBe(1)
})

test('moved to now, the history ends in the present and goes on live', async () => {
  await using town = await theatre()
  const startedAt = Date.now()

  const { child, ended } = town.fromShell('--shift', 'now')
  await expect.poll(async () => (await town.tickets()).length).toBe(2)
  const [first, last] = await town.tickets()
  child.kill('SIGINT')
  const { code, output } = await ended

  expect(last!.receivedAt).toBeGreaterThanOrEqual(startedAt)
  expect(last!.receivedAt - first!.receivedAt).toBe(20_000)
  expect(first!.status).toBe('open')
  expect(output).toMatch(/2 of 3 events were told/)
  expect(code).toBe(130)
})
