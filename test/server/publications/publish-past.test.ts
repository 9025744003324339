import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { publishCommand } from '../../../server/publications/cli.ts'
import { publishPast } from '../../../server/publications/publish-past.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { commandProcess } from '../import/command-process.ts'

let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => {
  app = await runningApp({
    prepare: (db) =>
      insertPolicy(db, { ...defaultPolicy, opened: ['agency', 'area', 'category', 'language'] }),
  })
  const { send } = await newSource(app)
  const days = ['2011-07-04', '2011-07-05', '2011-07-06', '2011-07-11']
  const tickets = days.flatMap((day) =>
    Array.from({ length: 20 }, () => ticket({ receivedAt: `${day}T12:00:00Z`, channel: 'phone' })),
  )
  await send(ndjson(...tickets))
})
afterAll(() => app[Symbol.asyncDispose]())

const publish = (...args: string[]) => commandOn(app.url, publishCommand)(...args)
/** As it is run from a shell. */
const publishFromShell = (...args: string[]) =>
  commandProcess('server/publications/cli.ts', args, { cwd: '.', env: { DATABASE_URL: app.url } })
    .ended

const stored = () => app.db.selectFrom('publication').selectAll().orderBy('id').execute()

test('a past older than what is held in memory is published on demand, once, and goes on where it stopped', async () => {
  expect(await publishFromShell('--from', '2011-07-04', '--to', '2011-07-08')).toEqual({
    code: 0,
    output: 'counts by channel: 4 windows published.\nsurveys: 4 windows published.\n',
  })
  const first = await stored()

  expect((await publish('--from', '2011-07-04', '--to', '2011-07-12')).output).toContain(
    'counts by channel: 5 windows published. 4 days lie before what is published already: left.',
  )
  expect((await stored()).slice(0, first.length)).toEqual(first)
  const answer = await app.get(
    '/api/v1/view?measures=received&by=channel&window=2011-07-04/2011-07-11',
  )
  expect(await answer.json()).toMatchObject({
    rows: [
      ['(none)', null, 0, 9],
      ['(other)', null, 0, 9],
      ['phone', 60, 58, 62],
    ],
    totals: [null, 60, 60, 60],
  })
})

test('nothing is published that ended before what was published last', async () => {
  const before = await stored()
  const { output } = await publish('--from', '2011-06-01', '--to', '2011-07-04')

  expect(output).toContain('counts by channel: 0 windows published. 33 days lie before')
  expect(await stored()).toEqual(before)
})

test('two that publish at once publish each window once', async () => {
  const past = { ...app, clock: 'database' as const, from: '2011-07-12', to: '2011-08-12' }
  const told = await Promise.all([publishPast(past), publishPast(past)])

  const counts = told.flat().filter(({ name }) => name === 'counts by channel')
  const windows = (await stored()).filter(
    ({ startsOn, dimension }) => dimension && startsOn >= '2011-07-12',
  )
  expect(counts.reduce((sum, { published }) => sum + published, 0)).toBe(windows.length)
  expect(windows.filter(({ days }) => days === 1)).toHaveLength(31)
})

test.each([{ args: [] }, { args: ['--from', 'July'] }, { args: ['--from', '2011-02-30'] }])(
  '$args is misused',
  async ({ args }) => {
    expect((await publish(...args)).code).toBe(1)
  },
)
