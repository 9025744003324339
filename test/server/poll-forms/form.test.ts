import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorkStatements } from '#shared/work.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { formsOf, hiddenIn } from '../../support/forms.ts'
import { agreementPoll, poll, statement } from '../../support/polls.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>
let open: ReturnType<typeof formsOf>['open']
let fill: ReturnType<typeof formsOf>['fill']

beforeAll(async () => {
  app = await actingApp({ clock: 'events' })
  ;({ open, fill } = formsOf(app))
  source = await newSource(app)
  await source.send(
    ndjson(
      poll({ summaries: { en: 'After <dark> & rain' } }),
      poll({ id: 'quiet', hasForm: false }),
      agreementPoll(),
      statement(),
      statement({ id: '2' }),
      statement({ id: '3', status: 'withheld', reason: 'abuse' }),
      ticket({ receivedAt: '2026-03-05T09:00:00Z' }),
    ),
  )
  // Until the clock of the events stands there, the polls have not opened.
  while (!(await open('/polls/evenings/form')).text.includes('<form')) await delay(20)
})
afterAll(() => app[Symbol.asyncDispose]())

/** Which fields stand chosen in a form. */
const checkedIn = (text: string): string[] =>
  [...text.matchAll(/<input[^>]*name="([^"]+)"\s+value="([^"]+)"\s+checked/g)].map(
    ([, name, value]) => `${name}=${value}`,
  )

const answers = () =>
  app.db.selectFrom('answer').select(['person', 'sourceId', 'groups', 'vote']).execute()

test('the form asks what the poll asks, in the reader’s language, and needs no script', async () => {
  const { text, status } = await open('/polls/evenings/form', { 'accept-language': 'zh-CN,en' })
  expect(status).toBe(200)
  expect(text).toContain('<h1>滨水夜间</h1>')
  expect(text).not.toContain('。 ')
  expect(text).toMatch(/type="radio"\s+name="q.hours"\s+value="midnight"/)
  expect(text).toMatch(/type="checkbox"\s+name="q.wanted"\s+value="seats"/)
  expect(text).toContain('<select name="g.age">')
  expect(text).toContain('After &lt;dark&gt; &amp; rain')
  expect(text).not.toContain('<script')
  expect((await open('/polls/evenings/form?lang=en')).text).toContain('Choose up to 2.')
})

test('an answer is taken with a receipt, and changed by the same browser', async () => {
  const own = {
    cookie: (await open('/polls/evenings/form')).cookie,
    'sec-fetch-site': 'same-origin',
  }
  const first = await fill('/polls/evenings/form', 'q.hours=ten&g.age=old', own)
  expect(first.status).toBe(200)
  expect(first.text).toMatch(/Receipt [0-9A-F]{12}/)
  const again = (await open('/polls/evenings/form', own)).text
  expect(checkedIn(again)).toEqual(['q.hours=ten'])
  expect(again).toMatch(/<option value="old" selected>/)
  expect(again).toContain('What you answered before is filled in.')
  await fill('/polls/evenings/form', 'q.hours=midnight&q.wanted=food&q.wanted=seats', own)
  const changed = checkedIn((await open('/polls/evenings/form', own)).text)
  expect(changed).toEqual(['q.hours=midnight', 'q.wanted=seats', 'q.wanted=food'])
  expect(checkedIn((await open('/polls/evenings/form')).text)).toEqual([])
  expect(await answers()).toMatchObject([{ sourceId: 0, groups: {} }])
  await fill('/polls/evenings/form', 'q.hours=ten')
  const people = (await answers()).map(({ person }) => person)
  expect(new Set(people).size).toBe(2)
})

test('votes on statements are taken; none is asked for a withheld one', async () => {
  const { text, cookie } = await open('/polls/night/form')
  expect(text).toMatch(/name="s.2"\s+value="pass"/)
  expect(text).not.toContain('name="s.3"')
  const own = { cookie, 'sec-fetch-site': 'same-origin' }
  expect(await fill('/polls/night/form', 's.1=agree&s.2=disagree', own)).toMatchObject({
    status: 200,
  })
  const given = checkedIn((await open('/polls/night/form', { cookie })).text)
  expect(given).toEqual(['s.1=agree', 's.2=disagree'])
  const versions = () =>
    app.db.selectFrom('answer').select('version').where('vote', 'is not', null).orderBy('statement')
  const [first, second] = await versions().execute()
  // What is sent along unchanged stays where it was cast.
  await fill('/polls/night/form', 's.1=agree&s.2=pass', own)
  const after = await versions().execute()
  expect(after[0]).toEqual(first)
  expect(after[1]!.version).toBeGreaterThan(second!.version)
  const votes = (await answers()).map(({ vote }) => vote).filter((one) => one !== null)
  expect(votes.sort()).toEqual([0, 1])
})

test.each([
  ['nothing chosen', 'q.hours=', 400],
  ['no choice of the poll', 'q.hours=noon', 400],
  ['more than may be chosen', 'q.wanted=food&q.wanted=seats&q.wanted=music', 400],
  ['a field that no person sees', 'q.hours=ten&website=https://example.org', 400],
])('a form with %s changes nothing', async (_, fields, status) => {
  const before = await answers()
  expect(await fill('/polls/evenings/form', fields)).toMatchObject({ status })
  expect(await answers()).toEqual(before)
})

test('what is wrong is said on the form, in the reader’s language, with all that was chosen', async () => {
  const fields = 'q.hours=ten&q.wanted=food&q.wanted=seats&q.wanted=music&g.age=old'
  const { status, text } = await fill('/polls/evenings/form?lang=zh', fields)
  expect([status, text]).toEqual([400, expect.stringContaining('role="alert">wanted 至多选2项。')])
  expect(checkedIn(text)).toEqual([
    'q.hours=ten',
    'q.wanted=seats',
    'q.wanted=food',
    'q.wanted=music',
  ])
  expect(text).toMatch(/<option value="old" selected>/)
  expect(hiddenIn(text)).toMatch(/^person=[\w-]{22}$/)
})

test('who votes may add a statement, which is shown once the secretariat has published it', async () => {
  await source.send(ndjson(agreementPoll({ id: 'open', takesStatements: true })))
  const added = (text: string) => fill('/polls/open/form', `statement=${encodeURIComponent(text)}`)
  const page = await added('  Benches <b>by</b>\nthe water. ')
  expect(page.text).toContain('Your statement waits for the secretariat.')
  await added('Lights.')
  const detail = async () => {
    const response = await app.get('/api/v1/polls/open')
    return (await response.json()) as { statements: { texts: object }[]; waiting: number }
  }
  expect(await detail()).toMatchObject({ statements: [], waiting: 2, withheld: [] })
  const { polls } = (await app.ask<{ polls: object[] }>('/api/v1/polls')).body
  expect(polls).toContainEqual(expect.objectContaining({ code: 'open', waiting: 2 }))
  expect((await open('/polls/open/form')).text).not.toContain('Benches')

  const long = await added('x'.repeat(281))
  expect([long.status, long.text]).toEqual([400, expect.stringContaining('x'.repeat(281))])
  expect((await fill('/polls/night/form', 'statement=Not+asked')).status).toBe(400)
  expect((await open('/polls/night/form')).text).not.toContain('<textarea')
  expect(await detail()).toMatchObject({ waiting: 2 })

  const secretary = (who: string, rest: object = {}) =>
    app.act('ines', '/api/v1/appointments', appointing(who, { role: 'secretariat', ...rest }))
  await secretary('rui')
  await secretary('wen')
  await secretary('pat', { jurisdiction: { agencies: ['PWD'], areas: null, categories: null } })
  expect(await app.ask('/api/v1/polls/open/waiting', 'pat')).toMatchObject({
    status: 403,
    body: { code: 'jurisdiction.agency' },
  })
  const { statements } = (
    await app.ask<{ statements: { id: string }[] }>('/api/v1/polls/open/waiting', 'ines')
  ).body
  expect(statements).toMatchObject([
    { texts: { en: 'Benches <b>by</b> the water.' } },
    { texts: { en: 'Lights.' } },
  ])
  const [benches, lights] = statements.map(({ id }) => id) as [string, string]
  const moderate = (id: string, form: object, as = 'ines') =>
    app.act(as, `/api/v1/polls/open/statements/${id}/moderation`, form)
  const published = { status: 'published' }
  const desk = async () => {
    const { total, statements } = (await app.ask<WorkStatements>('/api/v1/work/statements', 'ines'))
      .body
    const own = statements.filter(({ poll }) => poll === 'open')
    return { total, own: own.map(({ id, texts }) => [id, texts.en]) }
  }
  expect(await desk()).toEqual({
    total: 2,
    own: [
      [benches, 'Benches <b>by</b> the water.'],
      [lights, 'Lights.'],
    ],
  })
  expect(await app.ask('/api/v1/work/statements', 'rui')).toMatchObject({ body: { total: 2 } })
  expect(await app.ask('/api/v1/work/statements', 'mei')).toMatchObject({ status: 403 })
  expect(await moderate(benches, published, 'mei')).toMatchObject({ status: 403 })
  expect(await app.ask('/api/v1/polls/open/waiting', 'mei')).toMatchObject({ status: 403 })
  expect(await moderate(benches, { status: 'withheld' })).toMatchObject({ status: 400 })
  expect(await moderate(benches, published)).toMatchObject({ status: 201 })
  expect(await moderate(benches, published)).toMatchObject({ status: 409 })
  expect(await desk()).toEqual({ total: 1, own: [[lights, 'Lights.']] })
  expect(await moderate(lights, { status: 'withheld', reason: 'off-topic' })).toMatchObject({
    status: 201,
  })
  expect((await app.ask('/api/v1/polls/open/waiting', 'wen')).body).toMatchObject({
    statements: [],
    decided: [
      { id: lights, reason: 'off-topic' },
      { id: benches, reason: null },
    ],
  })
  const noted = await app.db
    .selectFrom('personalRead')
    .select(['personId', 'of'])
    .orderBy('id')
    .execute()
  expect(noted).toEqual([
    { personId: 'ines', of: [`open/${benches}`, `open/${lights}`] },
    { personId: 'rui', of: [`open/${benches}`, `open/${lights}`] },
    { personId: 'wen', of: [`open/${lights}`] },
  ])
  expect(await detail()).toMatchObject({
    statements: [{ texts: { en: 'Benches <b>by</b> the water.' }, isSeed: false }],
    withheld: [{ reason: 'off-topic', statements: 1 }],
    waiting: 0,
  })
  const form = (await open('/polls/open/form')).text
  expect(form).toContain('Benches &lt;b&gt;by&lt;/b&gt; the water.')
  expect(await fill('/polls/open/form', `s.${benches}=agree`)).toMatchObject({ status: 200 })
  // A statement of a source is the source's to decide about.
  const own = await app.act('ines', '/api/v1/polls/night/statements/3/moderation', published)
  expect(own.status).toBe(404)
  expect((await app.ask('/api/v1/records?noun=ruling')).body.records).toHaveLength(2)
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test('what another site makes a browser send is refused', async () => {
  const origin = 'https://elsewhere.example'
  const sent = await fill('/polls/evenings/form', 'q.hours=ten', { origin })
  expect(sent.status).toBe(403)
})

test('a form that is switched off, a poll that has closed and one that is not there take nothing', async () => {
  expect((await open('/polls/quiet/form')).text).not.toContain('<form')
  expect(await fill('/polls/quiet/form', 'q.hours=ten')).toMatchObject({ status: 403 })
  expect(await fill('/polls/nowhere/form', 'q.hours=ten')).toMatchObject({ status: 404 })
  await source.send(ndjson(ticket({ receivedAt: '2026-04-01T00:00:00Z' })))
  await expect
    .poll(async () => (await fill('/polls/evenings/form', 'q.hours=ten')).status)
    .toBe(403)
})
