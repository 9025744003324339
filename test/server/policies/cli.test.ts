import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { policyCommand } from '../../../server/policies/cli.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { commandProcess } from '../import/command-process.ts'

/** A folder with a file of this text, and the command with files of it. */
async function place(url: string, text: string) {
  const dir = await mkdtemp(path.join(tmpdir(), 'clerestory-policy-'))
  await writeFile(path.join(dir, 'policy.json'), text)
  const run = commandOn(url, policyCommand)
  const inDir = (word: string) => (word.endsWith('.json') ? path.join(dir, word) : word)
  return {
    file: path.join(dir, 'policy.json'),
    policy: (...args: string[]) => run(...args.map(inDir)),
    /** As it is run from a shell that stands in the folder. */
    fromShell: (...args: string[]) =>
      commandProcess('server/policies/cli.ts', args, { cwd: dir, env: { DATABASE_URL: url } })
        .ended,
    [Symbol.asyncDispose]: () => rm(dir, { recursive: true }),
  }
}

const soon = { timeout: 1500, interval: 20 }

test('a policy is taken up by a running server within a second, and each ticket is decided by the version that held when it was received', async () => {
  await using app = await runningApp()
  const source = await newSource(app)
  const receivedAt = '2026-03-01T20:00:00.000Z'
  await source.send(ndjson(ticket({ id: 'before', receivedAt })))
  const view = async (query: string) => {
    const response = await app.get(
      `/api/v1/view?measures=received&window=2026-03-01/2026-03-04&${query}`,
    )
    return (await response.json()) as { error?: string; rows: unknown }
  }
  expect((await view('by=agency')).error).toContain('not opened agency')
  const wanted = {
    ...defaultPolicy,
    timeZone: 'Asia/Taipei',
    opened: ['agency'],
    dueWithin: { default: 48, byCategory: {} },
  }
  await using here = await place(app.url, JSON.stringify(wanted))

  const { code, output } = await here.fromShell('set', 'policy.json')

  expect(output).toBe(
    'Policy version 1 holds. It changes timeZone, dueWithin, opened.\n' +
      'It decides about every ticket.\n' +
      'Stored tickets that another version decided about: 1.\n' +
      'Tickets rewritten: 1.\n',
  )
  expect(code).toBe(0)
  await expect.poll(() => view('by=agency'), soon).toMatchObject({ rows: [['PWD', 1]] })
  expect((await view('by=day')).rows).toEqual([
    ['2026-02-28T16:00Z', 0],
    ['2026-03-01T16:00Z', 1],
    ['2026-03-02T16:00Z', 0],
  ])
  await writeFile(here.file, JSON.stringify({ ...wanted, dueWithin: { default: 24 } }))
  const second = await here.policy('set', 'policy.json')
  expect(second.output).toMatch(
    /^Policy version 2 holds\. It changes dueWithin\.\nIt decides about tickets received from 20\d\d-.*\+08:00 on\.\nTickets rewritten: 0\.\n$/,
  )
  await source.send(ndjson(ticket({ id: 'told-late', receivedAt })))
  await source.send(ndjson(ticket({ id: 'since', receivedAt: new Date().toISOString() })))
  const tickets = await app.sql`select id, policy_version from ticket order by id`
  expect(tickets).toEqual([
    { id: 'before', policy_version: 1 },
    { id: 'since', policy_version: 2 },
    { id: 'told-late', policy_version: 1 },
  ])
}, 60_000)

test('a date in the past rewrites what was received since, and the history of versions says so', async () => {
  await using app = await runningApp()
  const source = await newSource(app)
  const dueWithin = (hours: number) =>
    JSON.stringify({ ...defaultPolicy, timeZone: 'Asia/Taipei', dueWithin: { default: hours } })
  await using here = await place(app.url, dueWithin(48))
  await here.policy('set', 'policy.json')
  // Midnight in Taipei is 16:00 the day before in UTC.
  await source.send(
    ndjson(
      ticket({ id: 'before', receivedAt: '2026-03-01T15:59:59Z' }),
      ticket({ id: 'since', receivedAt: '2026-03-01T16:00:00Z' }),
    ),
  )
  await writeFile(here.file, dueWithin(24))

  const { output, code } = await here.policy('set', 'policy.json', '--from', '2026-03-02')
  const history = await here.policy('history')
  const again = await here.policy('rewrite')

  expect(output).toContain('from 2026-03-02T00:00+08:00 on.\n')
  expect(output).toContain('\nTickets rewritten: 1.\n')
  expect(code).toBe(0)
  expect(await app.sql`select id, policy_version, due_at from ticket order by id`).toEqual([
    { id: 'before', policy_version: 1, due_at: Date.parse('2026-03-03T15:59:59Z') },
    { id: 'since', policy_version: 2, due_at: Date.parse('2026-03-02T16:00:00Z') },
  ])
  expect(history.output).toMatch(/^2 +2026-03-02T00:00\+08:00 +20.* command +20.* dueWithin$/m)
  expect(history.output).toMatch(/^1 +the beginning +20.* command +20.* timeZone, dueWithin$/m)
  expect(again.output).toBe('Tickets rewritten: 0.\n')
}, 60_000)

test('holidays are read from a file beside the policy, and kept as dates', async () => {
  await using city = await freshDatabase()
  const workingCalendar = { week: { monday: ['09:00-17:00'] }, holidays: { file: 'holidays.txt' } }
  const policy = { ...defaultPolicy, workingCalendar, dueWithin: { default: { workingDays: 2 } } }
  await using here = await place(city.url, JSON.stringify(policy))
  await writeFile(path.join(path.dirname(here.file), 'holidays.txt'), '2026-05-04 # a Monday\n')

  const { output } = await here.policy('set', 'policy.json')

  expect(output).toContain('It knows holidays until 2026-05-04')
  const [row] = await city.sql`select body->'workingCalendar'->'holidays' as dates from policy`
  expect(row!.dates).toEqual(['2026-05-04'])
})

test('shows what holds, so that it can be edited and set', async () => {
  await using city = await freshDatabase()
  await using here = await place(city.url, '')

  const first = await here.policy('show')
  await setPolicy(city.db, { ...defaultPolicy, minN: 7 })
  const second = await here.policy('show')

  expect(first.output).toContain('No policy is set: this is the default.')
  expect(second.output).toContain('Version 1')
  expect(
    JSON.parse(second.output.slice(second.output.indexOf('{'), second.output.lastIndexOf('}') + 1)),
  ).toEqual({ ...defaultPolicy, minN: 7 })
})

test('the same policy again is no new version', async () => {
  await using city = await freshDatabase()
  await using here = await place(city.url, JSON.stringify({ ...defaultPolicy, minN: 7 }))
  await here.policy('set', 'policy.json')

  const { output } = await here.policy('set', 'policy.json')

  expect(output).toBe('Policy version 1 holds. It changes nothing.\nTickets rewritten: 0.\n')
  expect(await city.sql`select kind, events from journal`).toEqual([{ kind: 'policy', events: 0 }])
})

test('of policies set at once the last in the journal is the one that holds', async () => {
  await using city = await freshDatabase()

  const set = await Promise.all(
    Array.from({ length: 8 }, (_, at) => setPolicy(city.db, { ...defaultPolicy, minN: at + 1 })),
  )

  const versions = set.map(({ version }) => version).sort((a, b) => a - b)
  expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(await city.sql`select seq from journal order by seq`).toHaveLength(8)
})

/** In which nothing is ever set. */
let untouched: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => void (untouched = await freshDatabase()))
afterAll(() => untouched[Symbol.asyncDispose]())

test.each([
  ['a file that is not there', ['set', 'none.json'], '', /^\S+none\.json cannot be read: ENOENT/],
  [
    'a file that is not JSON',
    ['set', 'policy.json'],
    'timeZone=UTC',
    /^\S+policy\.json is not JSON/,
  ],
  [
    'every fault of a policy',
    ['set', 'policy.json'],
    JSON.stringify({ ...defaultPolicy, timeZone: 'Mars', minN: 0 }),
    / {2}timeZone: must be an IANA time zone[^]* {2}minN: /,
  ],
  [
    'a field it does not know',
    ['set', 'policy.json'],
    JSON.stringify({ ...defaultPolicy, minM: 1 }),
    /minM/,
  ],
  [
    'a date that is none',
    ['set', 'policy.json', '--from', '2026-02-30'],
    JSON.stringify(defaultPolicy),
    /^2026-02-30 is no date/,
  ],
  ['nothing to do', [], '', /npm run policy -- show/],
  ['more than one file', ['set', 'a', 'b'], '', /npm run policy -- show/],
])('refuses %s in words', async (_, args, text, words) => {
  await using here = await place(untouched.url, text)

  const { code, output } = await here.policy(...args)

  expect(output).toMatch(words)
  expect(output).not.toMatch(/^ +at /m)
  expect(code).toBe(1)
  expect(await untouched.sql`select from policy`).toHaveLength(0)
})
