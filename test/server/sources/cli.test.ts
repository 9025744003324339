import { afterAll, beforeAll, expect, test } from 'vitest'
import { sourceCommand } from '../../../server/sources/cli.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { commandProcess } from '../import/command-process.ts'

/** The command as it is run from a shell. */
const fromShell = (url: string, ...args: string[]) =>
  commandProcess('server/sources/cli.ts', args, { cwd: '.', env: { DATABASE_URL: url } }).ended

/** Without a server; what is refused changes nothing in it. */
let city: Awaited<ReturnType<typeof freshDatabase>>
let source: ReturnType<typeof commandOn>

beforeAll(async () => {
  city = await freshDatabase()
  source = commandOn(city.url, sourceCommand)
})
afterAll(() => city[Symbol.asyncDispose]())

const keyIn = (output: string): string => output.match(/^ {2}(clr_\S+)$/m)![1]!

test('a source is added, sends with its key, is listed, gets a new key, and is disabled', async () => {
  await using app = await runningApp()
  const source = commandOn(app.url, sourceCommand)
  const send = async (key: string) => {
    const event = {
      type: 'ticket',
      id: 'T1',
      version: 1,
      receivedAt: '2026-03-01T09:00:00Z',
      status: 'open',
    }
    const headers = { authorization: `Bearer ${key}` }
    return (await app.post('/api/v1/events', [event], headers)).status
  }

  const words = ['add', 'Night line', '--kind', 'hotline', '--silent-after', '60']
  const added = await fromShell(app.url, ...words)
  expect(added.code).toBe(0)
  const key = keyIn(added.output)
  expect(await send(key)).toBe(200)

  const { output: listed } = await source('list')
  expect(listed).toMatch(/^NAME +KIND +LAST HEARD +NEWEST EVENT +LAG +STATE$/m)
  expect(listed).toMatch(/^Night line +hotline +20\S+Z +2026-03-01T09:00:00Z +\d+ d +live$/m)
  expect(listed).not.toContain('clr_')

  const rotated = await source('rotate', 'Night line')
  expect(rotated.output).toContain(`rotate 'Night line'`)
  expect(await send(keyIn(rotated.output))).toBe(200)
  await expect.poll(() => send(key), { interval: 300 }).toBe(401)

  expect(await source('disable', 'Night line')).toEqual({
    code: 0,
    output: 'Night line is disabled.\n',
  })
  expect((await source('disable', 'Night line')).output).toBe('Night line was disabled before.\n')
  expect((await source('list')).output).toMatch(/disabled$/m)
  await expect.poll(() => send(keyIn(rotated.output)), { interval: 300 }).toBe(401)

  expect((await source('enable', 'Night line')).code).toBe(0)
  expect(await send(keyIn(rotated.output))).toBe(200)
})

test('a key is stored only hashed', async () => {
  const key = keyIn((await source('add', 'app', '--kind', 'app')).output)

  const [row] = await city.sql`select source::text as text from source where name = 'app'`
  expect(row!.text).not.toContain(key)
  expect(row!.text).toContain(',900,')
})

test.each([
  ['nothing', [], /npm run source -- add NAME/],
  ['an action there is not', ['remove', 'x'], /npm run source -- add NAME/],
  ['no kind', ['add', 'x'], /add needs --kind/],
  ['a kind of two words', ['add', 'x', '--kind', 'Hot line'], /--kind is one word/],
  ['a blank name', ['add', ' ', '--kind', 'web'], /The name is 1 to 100 characters/],
  [
    'a silence of no length',
    ['add', 'x', '--kind', 'web', '--silent-after', '0'],
    /at least a second/,
  ],
  [
    'a silence that is no number',
    ['add', 'x', '--kind', 'web', '--silent-after', 'soon'],
    /number of seconds/,
  ],
  ['an option there is not', ['list', '--all'], /Unknown option '--all'/],
  ['a source there is not', ['rotate', 'nobody'], /^There is no source called nobody\.\n$/],
  [
    'a source there is not, to disable',
    ['disable', 'nobody'],
    /^There is no source called nobody\.\n$/,
  ],
])('refuses %s in words', async (_, args, words) => {
  const { code, output } = await source(...args)

  expect(output).toMatch(words)
  expect(output).not.toMatch(/^ +at /m)
  expect(code).toBe(1)
})

test('refuses a name that is taken', async () => {
  await source('add', 'web', '--kind', 'web')

  const { code, output } = await source('add', 'web', '--kind', 'web')

  expect(output).toBe('There is a source called web already.\n')
  expect(code).toBe(1)
})

test('explains itself without a database', async () => {
  const { code, output } = await commandOn(
    'postgres://nobody@127.0.0.1:1/none',
    sourceCommand,
  )('--help')

  expect(output).toContain('--silent-after')
  expect(code).toBe(0)
})
