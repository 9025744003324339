import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { up as rewriteContacts } from '../../../server/db/migrations/0035-contacts.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { freshDatabase } from '../../support/database.ts'
import { city } from '../../support/suggesting.ts'
import { writeAct } from '../../support/write-act.ts'

type City = Awaited<ReturnType<typeof city>>
const PATH = '/api/v1/records'
const because = { reason: 'So it is.' }

const stepOf = ({ kind, subject }: { kind: string; subject: string }) =>
  `${subject} ${kind.split('.')[1]}`

const kinds = async (app: City, query: string): Promise<string[]> => {
  const { status, body } = await app.ask(`${PATH}?${query}`)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.records.map(stepOf)
}

/** A suggestion that is under review, one for Parks that was endorsed, and a flag of nobody's. */
async function records() {
  const app = await city()
  const lamps = await app.submit('mei')
  await app.act('paul', `/api/v1/suggestions/${lamps}/review`, {})
  const bench = await app.submit('mei', {
    ...{ agency: 'Parks', area: 'old-town', title: '老城的长椅', text: 'Benches.' },
  })
  await app.act('tariq', `/api/v1/suggestions/${bench}/endorsements`, { note: 'I agree.' })
  await writeAct(app.db, {
    ...{ kind: 'flag.opened', subject: 'flag:5', version: 1 },
    texts: {
      text: 'Ask Ines Okafor, ines.okafor@example.org or +1 617 555 0123. Ticket 101000295613.',
      summary: 'What a citizen wrote.',
      person: 'ines',
    },
  })
  return { app, lamps, bench }
}

test('every act on flags and suggestions is told, the newest first, and of no other noun any', async () => {
  const { app, lamps, bench } = await records()
  await using _ = app
  expect(await kinds(app, '')).toEqual([
    'flag:5 opened',
    `suggestion:${bench} endorsed`,
    `suggestion:${bench} submitted`,
    `suggestion:${lamps} reviewed`,
    `suggestion:${lamps} submitted`,
  ])
  expect(await kinds(app, 'kind=suggestion.reviewed,flag.opened')).toEqual([
    'flag:5 opened',
    `suggestion:${lamps} reviewed`,
  ])
  expect((await app.ask(`${PATH}?kind=transferred`)).status).toBe(400)
  const { body } = await app.ask(`${PATH}?noun=suggestion`)
  expect(body.records[0]).toEqual({
    id: expect.any(Number),
    at: expect.stringMatching(/^20\d\d-.*Z$/),
    kind: 'suggestion.endorsed',
    subject: `suggestion:${bench}`,
    href: `/suggestions/${bench}`,
    version: 2,
    by: { role: 'observer', observer: { id: app.appointments.tariq, name: 'Heron' } },
    ...{ agency: 'Parks', area: 'old-town', category: null },
    ...{ body: {}, names: [], texts: { note: 'I agree.' }, withheld: {} },
    seq: expect.any(Number),
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(JSON.stringify(body)).not.toMatch(/"(mei|tariq|paul)"/)
})

test('records are found by noun, agency, area, observer and words, and a wrong filter is named', async () => {
  const { app, lamps, bench } = await records()
  await using _ = app
  const { mei, tariq } = app.appointments
  expect(await kinds(app, 'noun=flag')).toEqual(['flag:5 opened'])
  expect(await kinds(app, 'agency=Parks')).toHaveLength(2)
  expect(await kinds(app, 'area=harbour')).toHaveLength(2)
  expect(await kinds(app, `observer=${tariq}`)).toEqual([`suggestion:${bench} endorsed`])
  expect(await kinds(app, `observer=${mei}&agency=PWD`)).toEqual([`suggestion:${lamps} submitted`])
  expect(await kinds(app, 'q=SODIUM')).toEqual([`suggestion:${lamps} submitted`])
  expect(await kinds(app, `q=${encodeURIComponent('长椅')}`)).toEqual([
    `suggestion:${bench} submitted`,
  ])
  expect(await kinds(app, 'q=%25')).toEqual([])
  for (const [query, path] of [
    ['noun=appointment', 'noun.0'],
    ['agency=NSA', 'agency'],
    ['before=x', 'before'],
    ['q=', 'q'],
    ['colour=red', ''],
  ]) {
    const { status, body } = await app.ask(`${PATH}?${query}`)
    expect([query, status, body.path ?? '']).toEqual([query, 400, path])
  }
})

test('pages hold each record once, also when others come in between', async () => {
  const { app } = await records()
  await using _ = app
  const all = await kinds(app, '')
  const found: string[] = []
  let before = ''
  for (let page = 0; page < 9; page++) {
    const { body } = await app.ask(`${PATH}?limit=2${before}`)
    found.push(...body.records.map(stepOf))
    if (body.next === null) break
    before = `&before=${body.next}`
    await app.submit('mei')
  }
  expect(found).toEqual(all)
})

test('addresses, telephone numbers and what a citizen wrote are neither told nor found', async () => {
  const { app } = await records()
  await using _ = app
  const { body } = await app.ask(`${PATH}?noun=flag`)
  expect(body.records[0]!.texts).toEqual({
    text: 'Ask Ines Okafor, ••• or •••. Ticket 101000295613.',
  })
  for (const words of ['okafor@example', '617 555', 'citizen']) {
    expect(await kinds(app, `q=${encodeURIComponent(words)}`)).toEqual([])
  }
  expect(await kinds(app, 'q=101000295613')).toEqual(['flag:5 opened'])
})

const contacts = [
  'mei.tanabe+flags@mail.example.org',
  'ｍｅｉ＠ｅｘａｍｐｌｅ．ｏｒｇ',
  '+1 617 555 0123',
  '＋８６ １３８ ００１３ ８０００',
  '617-555-0123',
  '(617) 555-0123',
  '617.555.0123',
  '13800138000',
  '138-0013-8000',
  '１３８００１３８０００',
  '010-87654321',
  '021 87654321',
  '01087654321',
  '（０２１）８７６５４３２１',
  '02-27208889',
  '(02)2720-8889',
  '０２－２７２０８８８９',
  '0912345678',
  '0912-345678',
  '0912-345-678',
  '11010519491231002X',
  '１１０１０５１９４９１２３１００２Ｘ',
  'A123456789',
  'A123456(7)',
  '123-45-6789',
]

/** Ids of tickets, dates, sums, places and citations. */
const others = [
  '101000295613',
  '59912345',
  '0000012345',
  'GD0912345678',
  'SR-2026-00912345',
  '20261123000123',
  '20261123-0001234',
  'WO-1811-27',
  'T-12345678',
  '2026-11-23',
  '23.11.2026 08:30',
  '12.345.678',
  '1,234,567',
  '3.1415926535',
  '25.0330, 121.5654',
  '2024-2025',
  '第１２条，共３４５６７８９０元',
]

test('a contact is left out however it is written, and nothing else', async () => {
  await using database = await freshDatabase()
  const told = async (texts: readonly string[]) => {
    const rows = await database.sql`
      select without_contacts('请打电话' || text || '。') as told from unnest(${texts}::text[]) as text`
    return rows.map((row) => row.told as string)
  }
  expect(await told(contacts.slice(2))).toEqual(contacts.slice(2).map(() => '请打电话•••。'))
  // What stands before an address without a space may be of its name.
  expect((await told(contacts.slice(0, 2))).join()).not.toMatch(/[a-zａ-ｚ]/)
  expect(await told(others)).toEqual(others.map((text) => `请打电话${text}。`))
})

test('what was found by a contact in an older database is found by it no more', async () => {
  await using app = await city()
  await app.sql`
    create or replace function without_contacts(text text) returns text language sql immutable
    as 'select text'`
  const id = await app.submit('mei', { text: 'Call me: 0912345678, about the lamps.' })
  const found = async (words: string) => [
    (await kinds(app, `q=${words}`)).length,
    (await app.ask(`/api/v1/suggestions?q=${words}`)).body.suggestions.length,
  ]
  expect(await found('0912345678')).toEqual([1, 1])

  await rewriteContacts(app.db as never)
  expect(await found('0912345678')).toEqual([0, 0])
  expect(await found('lamps')).toEqual([1, 1])
  expect((await app.ask(`/api/v1/suggestions/${id}`)).body.suggestion.text).toBe(
    'Call me: •••, about the lamps.',
  )
})

test('a text that was taken down is null, and found no more', async () => {
  const { app, lamps } = await records()
  await using _ = app
  const at = `/api/v1/suggestions/${lamps}`
  await app.act('paul', `${at}/refusal`, because)
  expect(await kinds(app, 'q=so+it+is')).toHaveLength(1)
  await app.sql`update act_text set text = null, salt = null where name = 'reason'`
  const { body } = await app.ask(`${PATH}?limit=1`)
  expect(body.records[0]!.texts).toEqual({ reason: null })
  expect(await kinds(app, 'q=so+it+is')).toEqual([])
})

test('where a flag lies is told, and found by, only as far as the city opened it', async () => {
  await using app = await city()
  const [row] = await app.sql`select id from member where code = 'Parks'`
  const parks: number = row!.id
  await writeAct(app.db, {
    ...{ kind: 'flag.transferred', subject: 'flag:5', version: 1, agency: parks },
    body: { to: parks },
  })
  const bench = await app.submit('mei', { agency: 'Parks' })
  const whole = await app.submit('mei', { agency: null })
  const told = async () => (await app.ask(`${PATH}?noun=flag`)).body.records[0]

  expect(await told()).not.toHaveProperty('agency')
  expect((await told())!.body).toEqual({})
  expect(await kinds(app, 'agency=Parks')).toEqual([`suggestion:${bench} submitted`])
  // As far as is told, it may be anybody's.
  const ofPwd = [`suggestion:${whole} submitted`]
  expect(await kinds(app, 'agency=PWD,(none)')).toEqual([...ofPwd, 'flag:5 transferred'])
  await setPolicy(app.db, { ...defaultPolicy, opened: ['agency'] })
  await expect.poll(told).toMatchObject({ agency: 'Parks', body: { to: 'Parks' } })
  expect(await told()).not.toHaveProperty('area')
  expect(await kinds(app, 'agency=Parks')).toHaveLength(2)
  expect(await kinds(app, 'agency=PWD,(none)')).toEqual(ofPwd)
  expect(await kinds(app, 'agency=Parks,(none)')).toHaveLength(3)
})
