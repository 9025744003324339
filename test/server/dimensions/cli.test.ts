import { afterAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import type { ViewSpec } from '#shared/view.ts'
import { memberCommand } from '../../../server/dimensions/cli.ts'
import { addAlias } from '../../../server/dimensions/alias.ts'
import { mergeMember } from '../../../server/dimensions/merge.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { watchView } from '../../support/watch.ts'
import { commandProcess } from '../import/command-process.ts'

const byArea: ViewSpec = { measures: ['received'], by: 'area', window: '90d' }
const soon = { interval: 20 }
/** With what a test takes itself. */
const withinASecond = { timeout: 1500, interval: 20 }

/** A city with two tickets in the docks, one in the harbour and one on the hill. */
async function city() {
  const app = await runningApp({
    prepare: (db) => insertPolicy(db, { ...defaultPolicy, opened: ['area'] }),
  })
  const source = await newSource(app)
  const receive = (...areas: string[]) =>
    source.send(
      ndjson(...areas.map((area) => ticket({ area, receivedAt: new Date().toISOString() }))),
    )
  await receive('docks', 'docks', 'harbour', 'hill')

  return {
    ...app,
    receive,
    member: commandOn(app.url, memberCommand),
    /** The command as it is run from a shell. */
    fromShell: (...args: string[]) =>
      commandProcess('server/dimensions/cli.ts', args, { cwd: '.', env: { DATABASE_URL: app.url } })
        .ended,
    answer: async (query: string) =>
      (await app.get(`/api/v1/view?measures=received&window=90d&${query}`)).json(),
    /** What must never be touched by names. */
    facts: async () => {
      const [row] = await app.sql`
        select md5(string_agg(ticket::text, '' order by id)) as tickets,
          (select count(*) from ticket_history) as versions,
          (select md5(string_agg(delta::text, '' order by seq)) from journal where kind = 'tickets') as deltas
        from ticket`
      return row
    },
  }
}

test('a merge is seen by open views within a second, leaves facts and totals alone, and old codes go on working', async () => {
  await using app = await city()
  using page = await watchView(app.origin, byArea)
  await expect.poll(page.rows).toEqual([
    ['docks', 2],
    ['harbour', 1],
    ['hill', 1],
  ])
  using filtered = await watchView(app.origin, {
    ...byArea,
    by: undefined,
    filters: { area: ['docks'] },
  })
  const before = await app.facts()

  const { code, output } = await app.fromShell('merge', 'area', 'Docks', '--into', 'harbour')

  expect({ code, output }).toEqual({ code: 0, output: 'Docks counts under harbour.\n' })
  await expect.poll(page.rows, soon).toEqual([
    ['harbour', 3],
    ['hill', 1],
  ])
  expect(page.totals()).toEqual([null, 4])
  expect(filtered.totals()).toEqual([null, 3])
  expect(await app.answer('area=docks')).toMatchObject({ totals: [null, 3] })
  expect(await app.facts()).toEqual(before)

  await app.receive('docks')
  await expect.poll(page.rows, soon).toEqual([
    ['harbour', 4],
    ['hill', 1],
  ])
  expect(filtered.totals()).toEqual([null, 4])
})

test('a new name is told to pages within a second', async () => {
  await using app = await city()
  const members = async () => {
    const told = (await (await app.get('/api/v1/deployment')).json()) as { members: object }
    return told.members
  }
  await expect.poll(members).toMatchObject({ area: [{ code: 'docks', names: {} }, {}, {}] })

  await app.member('rename', 'area', 'docks', '--name', 'en=The Docks', '--name', 'zh=碼頭')
  await expect
    .poll(members, withinASecond)
    .toMatchObject({ area: [{ code: 'docks', names: { en: 'The Docks', zh: '碼頭' } }, {}, {}] })
  await app.member('rename', 'area', 'docks', '--name', 'en=')
  await expect
    .poll(members, withinASecond)
    .toMatchObject({ area: [{ names: { zh: '碼頭' } }, {}, {}] })

  const { output } = await app.member('list', 'area')
  expect(output).toMatch(/^docks +reviewed +zh=碼頭$/m)
  expect(output).toMatch(/^hill +new$/m)
})

test('an alias sends later events to the member it means', async () => {
  await using app = await city()

  const { code } = await app.member('alias', 'area', 'hill', 'Upper Town')
  using page = await watchView(app.origin, byArea)
  await expect.poll(page.rows, soon).toHaveLength(3)
  await app.receive('upper-town', 'UPPER TOWN')

  expect(code).toBe(0)
  await expect.poll(page.rows, soon).toEqual([
    ['docks', 2],
    ['harbour', 1],
    ['hill', 3],
  ])
  expect((await app.member('list', 'area')).output).toMatch(/^hill +new +upper-town$/m)
})

test('a review is noted, and changes nothing that is shown', async () => {
  await using app = await city()

  await app.member('review', 'area', 'hill')

  expect((await app.member('list', 'area')).output).toMatch(/^hill +reviewed$/m)
  const rows = await app.sql`select kind from journal`
  expect(rows.map(({ kind }) => kind)).toEqual(['tickets'])
})

test('merges that run at once never make a circle', async () => {
  await using app = await city()
  const ring = Array.from({ length: 8 }, (_, at) => `ward ${at}`)
  await app.receive(...ring)
  await Promise.all(ring.map(() => app.sql`select pg_sleep(0.05)`))

  const settled = await Promise.allSettled(
    ring.map((code, at) =>
      mergeMember(app.db, { dimension: 'area', code, into: ring[(at + 1) % ring.length]! }),
    ),
  )

  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
  const roots = await app.sql`
    select from member where spelling like 'ward-%' and merged_into is null`
  expect(roots).toHaveLength(1)
})

test('a chain of many merges ends at its root', async () => {
  await using app = await city()
  const names = Array.from({ length: 15 }, (_, at) => `link ${at}`)
  await app.receive(...names)
  for (const [at, code] of names.entries()) {
    if (at > 0) await mergeMember(app.db, { dimension: 'area', code: names[at - 1]!, into: code })
  }

  await expect
    .poll(() => app.answer('by=area'), soon)
    .toMatchObject({
      rows: [
        ['docks', 2],
        ['harbour', 1],
        ['hill', 1],
        ['link 14', 15],
      ],
    })
})

test('a spelling that becomes an alias at the moment it is first seen means one member', async () => {
  await using app = await city()

  await Promise.all([
    addAlias(app.db, { dimension: 'area', code: 'hill', text: 'crest' }).catch(() => {}),
    app.receive('crest'),
  ])
  const found = await app.sql`
    select id from member where dimension = 'area' and spelling = 'crest'
    union all select member_id from member_alias where spelling = 'crest'`

  expect(found).toHaveLength(1)
})

test.each([
  [
    'a member merged into itself',
    ['merge', 'area', 'docks', '--into', 'DOCKS'],
    /^docks cannot be merged into itself\.\n$/,
  ],
  [
    'a merge in a circle',
    ['merge', 'area', 'harbour', '--into', 'docks'],
    /^docks was merged into harbour before\.\n$/,
  ],
  [
    'a merge across dimensions',
    ['merge', 'area', 'hill', '--into', 'PWD'],
    /^There is no area called PWD\.\n$/,
  ],
  ['a name for a merged member', ['rename', 'area', 'docks', '--name', 'en=X'], /rename that/],
  [
    'an alias that is a member',
    ['alias', 'area', 'hill', 'Harbour'],
    /^Harbour already means harbour\. To count the two as one, merge/,
  ],
  ['an alias of nothing', ['alias', 'area', 'hill', '--', '--'], /needs a letter or a digit/],
  ['a member there is not', ['review', 'area', 'moon'], /^There is no area called moon\.\n$/],
  ['not stated', ['merge', 'area', '(none)', '--into', 'hill'], /There is no area called \(none\)/],
  ['a dimension there is not', ['list', 'street'], /npm run member/],
  [
    'a name without a language',
    ['rename', 'area', 'hill', '--name', 'Hill'],
    /--name is a language and a name/,
  ],
  ['an option of another action', ['merge', 'area', 'hill', '--name', 'en=X'], /npm run member/],
])('refuses %s', async (_, args, words) => {
  const { code, output } = await (await shared()).member(...args)

  expect(output).toMatch(words)
  expect(output).not.toMatch(/^ +at /m)
  expect(code).toBe(1)
})

let town: Promise<Awaited<ReturnType<typeof city>>> | undefined

/** One city for all refusals, in which the docks were merged into the harbour: they change nothing. */
function shared() {
  town ??= city().then(async (app) => {
    await mergeMember(app.db, { dimension: 'area', code: 'docks', into: 'harbour' })
    return app
  })
  return town
}

afterAll(async () => (await town)?.[Symbol.asyncDispose]())
