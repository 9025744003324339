import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'
import { followRecords } from '../../support/follow-records.ts'
import { png } from '../../support/hostile-files.ts'
import { suggestion } from '../../support/suggesting.ts'

let app: FlagApp
beforeAll(async () => void (app = await flagApp()))
afterAll(() => app[Symbol.asyncDispose]())

const withhold = (act: number, rest: object = {}, as = 'ines', key?: string, what = '') =>
  app.act(as, `/api/v1/acts/${act}/${what}withholding`, { ground: 'personal-data', ...rest }, key)

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
  const before = (await app.read(`/${id}`)).body.acts[0]!

  const { status, body } = await withhold(id, { reason: 'Order 7/2026' })

  expect([status, body.act.kind]).toEqual([201, 'text.withheld'])
  const { flag, acts } = (await app.read(`/${id}`)).body
  const text = gone(body.act.id)
  expect([flag.text, flag.withheld]).toEqual([null, { text }])
  const { commitment } = before.texts.text!
  expect(acts[0]!.texts.text).toEqual({ text: null, salt: null, commitment })
  expect(acts[0]!.withheld).toEqual({ text })
  expect(acts[0]!.hash).toBe(before.hash)
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
    `[text withheld on ${records[1]!.withheld.text!.at.slice(0, 10)}: personal-data]`,
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
  await expect.poll(() => last()?.seq).toBe(body.act.seq)
  const { by } = (await app.read(`/${id}`)).body.acts[0]!
  expect(last()).toMatchObject({
    kind: 'text.withheld',
    body: { subject: `flag:${id}`, openedBy: by!.appointment, by: { role: 'secretariat' } },
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
  const note = (await withhold(endorsed.body.act.id)).body.act.id

  const told = (await app.ask(`${suggestions}/${id}`)).body
  const text = gone(body.act.id, 'court-order')
  expect(told.suggestion).toMatchObject({
    title: null,
    text: null,
    withheld: { title: text, text },
  })
  expect(told.suggestion.why).toContain('fail every month')
  expect(told.endorsements).toMatchObject([{ note: null, withheld: gone(note) }])
  const { nodes } = (await app.ask(`/api/v1/trace/suggestion:${id}`)).body
  expect(nodes).toMatchObject([{ id: `suggestion:${id}`, title: null, withheld: text }])
  const feed = await (await app.get('/feed.atom')).text()
  const day = told.suggestion.withheld.title!.at.slice(0, 10)
  expect(feed).toContain(
    `suggestion ${id} submitted: [title withheld on ${day}: court-order]</title>`,
  )
  expect(feed).toContain(`<title>text withheld of suggestion ${id}: court-order</title>`)
  expect((await alike()).body.similar).toEqual([])
  expect((await app.ask(`${suggestions}?q=Okonkwo`)).body.suggestions).toEqual([])
  expect((await app.ask(`${suggestions}?q=fail+every`)).body.suggestions).toHaveLength(1)
})

const withholdFile = (act: number, file: string, rest: object = {}, as = 'ines') =>
  withhold(act, rest, as, undefined, `files/${file}/`)

test('a file that the law wants gone is gone for every act that names it; its hash, the day and the ground stand', async () => {
  const picture = png({ width: 8, height: 9 })
  const file = await app.bring('mei', picture)
  const id = await app.opened('mei', { attachments: [file] })
  await app.flagAct('aki', `/${id}/notes`, {
    text: 'Here too',
    language: 'en',
    attachments: [file],
  })
  const before = (await app.read(`/${id}`)).body.acts
  const shown = (headers = {}) => app.get(`/files/${file}`, { headers })
  expect((await shown()).status).toBe(200)

  const { status, body } = await withholdFile(id, file, { reason: 'Order 8/2026' })

  expect([status, body.act.kind]).toEqual([201, 'file.withheld'])
  for (const headers of [{}, { 'if-none-match': `"${file}"` }, { 'x-person': 'mei' }]) {
    const answer = await shown(headers)
    expect(answer.status).toBe(410)
    expect(await answer.json()).toMatchObject({
      error: expect.stringMatching(/ on 20\d\d-\d\d-\d\d: personal-data\.$/),
      code: 'file.withheld',
    })
  }
  const { flag, acts } = (await app.read(`/${id}`)).body
  const told = { [file]: gone(body.act.id) }
  expect(flag).toMatchObject({ text: '路燈壞了很久', attachments: [file], withheld: told })
  expect(acts.map(({ withheld }) => withheld)).toEqual([told, told])
  expect(acts.map(({ hash }) => hash)).toEqual(before.map(({ hash }) => hash))
  const { records } = (await app.ask('/api/v1/records?limit=3')).body
  expect(records).toMatchObject([
    {
      kind: 'file.withheld',
      href: `/flags/${id}`,
      body: { act: id, of: `flag:${id}`, file, ground: 'personal-data' },
      texts: { reason: 'Order 8/2026' },
    },
    { kind: 'flag.noted', withheld: told },
    { kind: 'flag.opened', withheld: told },
  ])
  const [kept] = await app.sql`select body from attachment where encode(hash, 'hex') = ${file}`
  expect(kept).toEqual({ body: null })
  await expect(app.bring('aki', picture)).rejects.toThrow('taken down by law')
  expect(await withholdFile(id, file)).toMatchObject({ status: 409, body: { code: 'text.gone' } })
})

test('a file is taken down under an act that names it, by the secretariat, and its text with another act', async () => {
  const file = await app.bring('mei', png({ width: 9, height: 9 }))
  const other = await app.opened()
  const id = await app.opened('mei', { attachments: [file] })

  expect((await withholdFile(other, file)).status).toBe(404)
  expect((await withholdFile(id, 'no-hash')).status).toBe(404)
  expect(await withholdFile(id, file, { ground: 'dislike' })).toMatchObject({ status: 400 })
  expect(await withholdFile(id, file, {}, 'olga')).toMatchObject({ status: 403 })
  expect((await app.get(`/files/${file}`)).status).toBe(200)

  await withhold(id)
  expect((await app.get(`/files/${file}`)).status).toBe(200)
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
