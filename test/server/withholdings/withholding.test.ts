import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'
import { followRecords } from '../../support/follow-records.ts'
import { suggestion } from '../../support/suggesting.ts'

let app: FlagApp
beforeAll(async () => void (app = await flagApp()))
afterAll(() => app[Symbol.asyncDispose]())

const withhold = (act: number, rest: object = {}, as = 'ines', key?: string) =>
  app.act(as, `/api/v1/acts/${act}/withholding`, { ground: 'personal-data', ...rest }, key)

/** What is told of a text that was taken down by that act. */
const gone = (act: number, ground = 'personal-data') => ({
  act,
  ground,
  at: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/),
})

const suggestions = '/api/v1/suggestions'
const submit = async (rest: object) => {
  const form = suggestion({ area: null, ...rest })
  const { body } = await app.act('mei', suggestions, form)
  return body.suggestion.id as number
}

test('a flag’s text that the law wants gone is nowhere any more; everywhere it stood its date and ground stand', async () => {
  const id = await app.opened('mei', { text: 'My neighbour Ondine did it' })
  const before = (await app.read(`/${id}`)).body.acts[0]

  const { status, body } = await withhold(id, { reason: 'Order 7/2026' })

  expect([status, body.act.kind]).toEqual([201, 'text.withheld'])
  const { flag, acts } = (await app.read(`/${id}`)).body
  const text = gone(body.act.id)
  expect([flag.text, flag.withheld]).toEqual([null, { text }])
  const { commitment } = before.texts.text
  expect(acts[0].texts.text).toEqual({ text: null, salt: null, commitment, withheld: text })
  expect(acts[0].hash).toBe(before.hash)
  expect((await app.read('')).body.flags[0]).toMatchObject({ text: null, withheld: { text } })
  const { records } = (await app.ask('/api/v1/records?limit=2')).body
  expect(records).toMatchObject([
    {
      kind: 'text.withheld',
      href: `/flags/${id}`,
      by: { role: 'secretariat' },
      body: { act: id, of: `flag:${id}`, texts: ['text'], ground: 'personal-data' },
      texts: { reason: 'Order 7/2026' },
    },
    { kind: 'flag.opened', texts: { text: null }, withheld: { text } },
  ])
  const feed = await (await app.get('/feed.atom')).text()
  expect(feed).toContain(
    `[text withheld on ${records[1].withheld.text.at.slice(0, 10)}: personal-data]`,
  )
  for (const path of ['/flags?q=Ondine', '/records?q=Ondine']) {
    expect(JSON.stringify((await app.ask(`/api/v1${path}`)).body), path).not.toContain('Ondine')
  }
  const rows =
    await app.sql`select from act_text where text like '%Ondine%' or salt is not null and text is null`
  expect(rows).toHaveLength(0)
})

test('whoever looks on hears at once that a text is gone, by a record of what it was written on', async () => {
  const id = await app.opened('aki')
  using follower = followRecords(app.origin)

  const { body } = await withhold(id)

  const last = () => follower.records.at(-1)
  await expect.poll(() => last()?.seq, { timeout: 5000 }).toBe(body.act.seq)
  const { by } = (await app.read(`/${id}`)).body.acts[0]
  expect(last()).toMatchObject({
    kind: 'text.withheld',
    body: { subject: `flag:${id}`, openedBy: by.appointment, by: { role: 'secretariat' } },
  })
  expect(follower.faults).toEqual([])
})

test('of several texts one may be taken down, and the rest stands', async () => {
  const id = await app.opened()
  const answer = { text: 'Ask Mr Fenwick.', done: 'A crew comes.' }
  const { act } = (await app.flagAct('olga', `/${id}/answer`, answer)).body

  const { body } = await withhold(act.id, { texts: ['text'], ground: 'secrecy' })

  const flag = await app.flagOf(id)
  expect(flag.answer).toMatchObject({ text: null, done: 'A crew comes.' })
  expect(flag.withheld).toEqual({ answer: gone(body.act.id, 'secrecy') })
  expect((await withhold(act.id)).body).toMatchObject({ code: 'text.gone' })
  expect((await withhold(act.id, { texts: ['done'] })).status).toBe(201)
})

test('a suggestion is found no more by what was taken down, nor is another found to be like it', async () => {
  const id = await submit({
    title: 'Benches for Madame Okonkwo',
    text: 'She waits at the harbour.',
  })
  const endorsed = await app.act('aki', `${suggestions}/${id}/endorsements`, {
    note: 'She is my aunt.',
  })
  const alike = () => app.ask(`${suggestions}/similar?text=Benches+for+Madame+Okonkwo`)
  expect((await alike()).body.similar).toHaveLength(1)

  const { body } = await withhold(id, { texts: ['title', 'text'], ground: 'court-order' })
  await withhold(endorsed.body.act.id)

  const told = (await app.ask(`${suggestions}/${id}`)).body
  const text = gone(body.act.id, 'court-order')
  expect(told.suggestion).toMatchObject({
    title: null,
    text: null,
    withheld: { title: text, text },
  })
  expect(told.suggestion.why).toContain('fail every month')
  expect(told.endorsements).toMatchObject([{ note: null }])
  expect((await alike()).body.similar).toEqual([])
  expect((await app.ask(`${suggestions}?q=Okonkwo`)).body.suggestions).toEqual([])
  expect((await app.ask(`${suggestions}?q=fail+every`)).body.suggestions).toHaveLength(1)
})

test('the register shows a sign where a name was taken down, wherever it stands', async () => {
  const made = await app.appoint('uma', { name: 'Uma Lindqvist' })
  const { id } = made.body.appointment
  const flag = await app.opened('uma')

  const { body } = await withhold(id, { texts: ['name'] })

  const { observer } = (await app.ask(`/api/v1/observers/${id}`)).body
  expect(observer).toMatchObject({ name: '•••', withheld: { name: gone(body.act.id) } })
  expect((await app.flagOf(flag)).author).toEqual({ appointment: id, name: '•••' })
  for (const path of ['/observers', '/records', `/flags/${flag}`, '/flags']) {
    expect(JSON.stringify((await app.ask(`/api/v1${path}`)).body), path).not.toContain('Lindqvist')
  }
})

test('only the secretariat takes texts down, of acts that there are, on a ground of the list', async () => {
  const id = await app.opened()
  const { act } = (await app.flagAct('olga', `/${id}/acknowledgement`)).body
  const refusals = [
    [await withhold(id, {}, 'mei'), 403, { code: 'appointment.role' }],
    [await withhold(id, {}, 'nobody'), 403, { code: 'appointment.none' }],
    [await withhold(999_999), 404, { code: 'subject.none' }],
    [await withhold(id, { ground: 'dislike' }), 400, { path: 'ground' }],
    [await withhold(id, { texts: ['place'] }), 400, { path: 'texts.0' }],
    [await withhold(act.id), 400, { path: 'texts' }],
  ] as const
  for (const [answer, status, body] of refusals) expect(answer).toMatchObject({ status, body })
  expect((await app.flagOf(id)).text).toBe('路燈壞了很久')
})

test('a form that is sent twice, or by two, takes down once', async () => {
  const id = await app.opened()
  const key = randomUUID()
  const [first, second] = [await withhold(id, {}, 'ines', key), await withhold(id, {}, 'ines', key)]
  expect(second.body).toEqual({ ...first.body, isRepeated: true })

  const other = await app.opened()
  const answers = await Promise.all([withhold(other), withhold(other)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
})

test('all acts fold to what is there when texts were taken down', async () => {
  expect((await checkActs(app.sql)).differences).toEqual([])
})
