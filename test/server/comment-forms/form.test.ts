import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommentPage, ConsultationDetail } from '#shared/consultations/told.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { actingApp } from '../../support/asker.ts'
import { article, comment, consultation, draft } from '../../support/consultations.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { formsOf, hiddenIn } from '../../support/forms.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>
let forms: ReturnType<typeof formsOf>

const path = '/consultations/night-ferry/form'
const titled = {
  ...draft(1),
  texts: { en: `Quay rules\nArticle 1\n${article.horn}` },
}

let addresses = 0
/** Each request from an address of its own, where none is told. */
const from = {
  get: (path: string, init: RequestInit = {}) =>
    app.get(path, {
      ...init,
      headers: { 'x-forwarded-for': `192.0.2.${++addresses}`, ...(init.headers as object) },
    }),
}

beforeAll(async () => {
  app = await actingApp({ clock: 'events', commentsPerMinute: 2, trustProxy: 1 })
  forms = formsOf(from)
  source = await newSource(app)
  const { speed, horn, last } = article
  const zh = '第一条\n夜间航速不超过八节。\n第二条\n夜间不鸣笛。\n第三条\n末班船两点开出。'
  await source.send(
    ndjson(
      consultation({
        summaries: { en: 'Slower & <quieter>' },
        drafts: [
          { ...draft(1, speed, horn, last), texts: { ...draft(1, speed, horn, last).texts, zh } },
        ],
      }),
      consultation({ id: 'titled', drafts: [titled] }),
      consultation({ id: 'quiet', hasForm: false }),
      consultation({ id: 'later', opensAt: '2026-03-20T00:00:00Z' }),
      ticket({ receivedAt: '2026-03-05T09:00:00Z' }),
    ),
  )
  // Until the clock of the events stands there, the consultation has not opened.
  while (!(await forms.open(path)).text.includes('<form')) await delay(20)
})
afterAll(() => app[Symbol.asyncDispose]())

const said = (fields: Record<string, string> = {}) =>
  new URLSearchParams({ text: 'Eight knots is enough.', language: 'en', ...fields }).toString()
const comments = () =>
  app.db.selectFrom('comment').selectAll().where('sourceId', '=', 0).orderBy('version').execute()
const receiptIn = (text: string): string => /Receipt ([0-9A-F]{12})/.exec(text)![1]!

test('the form asks in the reader’s language about every provision of the draft, and needs no script', async () => {
  const { text, status } = await forms.open(path, { 'accept-language': 'zh-CN,en' })
  expect(status).toBe(200)
  expect(text).toContain('<h1>夜间渡轮规则</h1>')
  expect(text).toContain('第三条')
  expect(text).not.toContain('。 ')
  expect(text).toMatch(/<option value="zh" lang="zh" selected>/)
  // Its characters come with it: a machine may have no fonts for them.
  const [, sheet] = /<link rel="stylesheet" href="([^"]+sc[^"]+)"/.exec(text) ?? []
  const css = await (await app.get(sheet!)).text()
  const [, file] = /url\(\.\/(files\/[^)]+\.woff2)\)/.exec(css) ?? []
  const font = await app.get(sheet!.replace('index.css', file!))
  expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2'])
  expect((await app.get(sheet!.replace('index.css', 'package.json'))).status).toBe(404)
  expect(text).not.toContain('<script')
  const english = (await forms.open(`${path}?lang=en&provision=2`)).text
  expect(english).toMatch(/<option value="2" selected>/)
  expect(english).toContain(article.horn)
  expect(english).toContain('advertising')
  expect((await forms.open(`${path}?lang=__proto__&provision=77`)).status).toBe(200)
  // What stands before the first article, which no draft numbers, has a name too.
  const before = (await forms.open('/consultations/titled/form?lang=en&provision=preamble')).text
  expect(before).toMatch(/<option value="preamble" selected>\s*Preamble\s*<\/option>/)
  expect(before).toContain('<blockquote>Quay rules</blockquote>')
})

test('a comment is taken with a receipt, by which it is found, and counted as any other', async () => {
  const own = { cookie: (await forms.open(path)).cookie, 'sec-fetch-site': 'same-origin' }
  const fields = {
    ...{
      provision: '1',
      stance: 'amend',
      proposal: 'Six knots.',
      text: 'Slow <b>down</b>\r\nplease.',
    },
    organisation: 'Quay Bakers',
  }
  const { status, text } = await forms.fill(path, said(fields), own)
  expect(status).toBe(200)
  const receipt = receiptIn(text)
  await forms.fill(path, said(), own)
  await forms.fill(path, said())
  const stored = await comments()
  expect(stored).toMatchObject([
    {
      ...{ id: receipt, isPublished: true, stance: 'amend', speaker: 'organisation', draft: 1 },
      ...{ text: 'Slow <b>down</b>\nplease.', proposal: 'Six knots.', organisation: 'Quay Bakers' },
    },
    { speaker: 'person', provision: 0 },
    { speaker: 'person' },
  ])
  const channel = app.db.selectFrom('member').select('names').where('id', '=', stored[0]!.channel)
  expect(await channel.execute()).toEqual([{ names: { en: 'Form of this site', zh: '本站表单' } }])
  expect(stored[1]!.person).toBe(stored[0]!.person)
  expect(stored[2]!.person).not.toBe(stored[0]!.person)

  const found = await forms.open(`/consultations/night-ferry/comments/${receipt}?lang=en`)
  expect(found.status).toBe(200)
  expect(found.text).toContain('Slow &lt;b&gt;down&lt;/b&gt;')
  expect(found.text).toContain('Article 1')
  expect((await forms.open('/consultations/quiet/comments/' + receipt)).status).toBe(404)
  const page = await app.ask<CommentPage>('/api/v1/consultations/night-ferry/comments')
  expect(page.body.comments).toHaveLength(3)
  expect(page.body.comments.find((one) => one.stance === 'amend')).toMatchObject({
    ...{ organisation: 'Quay Bakers', withheld: null, provision: 'night-ferry/1/1' },
  })

  const form = { comment: `0/${receipt}`, withheldFor: 'off-topic' }
  const asked = await app.act('ines', '/api/v1/consultations/night-ferry/withholding', form)
  expect(asked.status).toBe(201)
  const withheld = await forms.open(`/consultations/night-ferry/comments/${receipt}?lang=en`)
  expect(withheld.text).toMatch(/Withheld on .* 2026: off topic/)
  for (const hidden of ['down', 'Six knots', 'Bakers']) expect(withheld.text).not.toContain(hidden)

  const titled = await forms.fill('/consultations/titled/form', said({ provision: 'preamble' }))
  const called = `/consultations/titled/comments/${receiptIn(titled.text)}`
  expect((await forms.open(`${called}?lang=en`)).text).toContain('<p>Preamble</p>')
  expect((await forms.open(`${called}?lang=zh`)).text).toContain('<p>序言</p>')
})

test('a form that is sent twice makes one comment, and its later words take the place of the earlier', async () => {
  const before = await comments()
  const hidden = hiddenIn((await forms.open(path)).text)
  const twice = [said({ text: 'Once.' }), said({ text: 'Once.' }), said({ text: 'Once more.' })]
  const receipts = new Set<string>()
  for (const fields of twice) {
    receipts.add(receiptIn((await forms.send(path, `${fields}&website=&${hidden}`)).text))
  }
  const made = (await comments()).filter(({ id }) => !before.some((one) => one.id === id))
  expect(made).toMatchObject([{ id: [...receipts][0], text: 'Once more.' }])
  expect(receipts.size).toBe(1)
})

test.each([
  ['no text', { text: ' \r\n ' }, 'Write your comment here.'],
  ['a text that is too long', { text: 'x'.repeat(10_001) }, 'longer than 10,000'],
  ['a text that is much too long', { text: '好'.repeat(60_000) }, 'longer than 10,000'],
  ['NUL', { text: 'a\0b' }, 'characters that cannot be stored'],
  ['no provision of the draft', { provision: '9' }, 'no such provision'],
  ['a language that is none', { language: 'klingon' }, 'language of the list'],
  ['a stance that is none', { stance: 'maybe' }, 'class="fault"'],
  ['a name that is too long', { organisation: 'x'.repeat(201) }, 'longer than 200'],
])(
  'what is wrong with %s is said beside it, and all that was typed is kept',
  async (_, fields, fault) => {
    const before = await comments()
    const proposal = 'As it <was>.'
    const { status, text } = await forms.fill(path, said({ proposal, ...fields }))
    expect(status).toBe(400)
    expect(text).toContain(fault)
    expect(text).toContain('role="alert"')
    expect(text).toContain('As it &lt;was&gt;.')
    expect(await comments()).toEqual(before)
  },
)

test('what falls into the trap is answered as if it was taken, and is kept nowhere', async () => {
  const before = await comments()
  const hidden = hiddenIn((await forms.open(path)).text)
  const sent = await forms.send(path, `${said()}&website=https%3A%2F%2Fexample.org&${hidden}`)
  expect(sent.status).toBe(200)
  expect(sent.text).toMatch(/Receipt [0-9A-F]{12}/)
  expect(await comments()).toEqual(before)
})

test('what another site makes a browser send is refused, and so is a form that was never opened, each by a page', async () => {
  const before = await comments()
  const english = { 'accept-language': 'en' }
  const elsewhere = { ...english, origin: 'https://elsewhere.example' }
  const foreign = await forms.fill(path, said(), elsewhere)
  expect([foreign.status, foreign.text.includes('another site')]).toEqual([403, true])
  expect(foreign.text).not.toContain('Eight knots')
  const guessed = await forms.send(path, `${said()}&website=&token=guess`, english)
  expect(guessed.status).toBe(400)
  for (const told of ['Open the form again', 'Eight knots is enough.']) {
    expect(guessed.text).toContain(told)
  }
  expect((await forms.send(path, '{"text":', { 'content-type': 'application/json' })).status).toBe(
    400,
  )
  const endless = await forms.fill(path, said({ text: 'x'.repeat(1_100_000) }), {
    'accept-language': 'zh-CN',
  })
  expect([endless.status, endless.text.includes('内容过长')]).toEqual([413, true])
  expect(await comments()).toEqual(before)
})

test('the secretariat switches a form on and off by an act, whatever its source says', async () => {
  const turn = (code: string, isOn: boolean, as: string | undefined = 'ines') =>
    app.act(as, `/api/v1/consultations/${code}/form`, { isOn })
  const hasForm = async (code: string) =>
    (await app.ask<ConsultationDetail>(`/api/v1/consultations/${code}`)).body.hasForm
  expect((await forms.open('/consultations/quiet/form?lang=en')).text).toContain('switched off')
  expect(await hasForm('quiet')).toBe(false)
  expect((await turn('quiet', true, 'mei')).status).toBe(403)
  expect((await turn('quiet', true)).status).toBe(201)
  expect(await turn('quiet', true)).toMatchObject({ status: 409, body: { code: 'done-already' } })
  // Its source tells the consultation again, as if nothing had been decided.
  await source.send(ndjson(consultation({ id: 'quiet', version: 2, hasForm: false })))
  expect(await hasForm('quiet')).toBe(true)
  expect((await forms.fill('/consultations/quiet/form', said())).status).toBe(200)

  const hidden = hiddenIn((await forms.open(path)).text)
  expect((await turn('night-ferry', false)).status).toBe(201)
  const refused = await forms.send(path, `${said()}&website=&${hidden}`)
  expect(refused).toMatchObject({ status: 403 })
  expect(refused.text).toContain('Eight knots is enough.')
  expect((await turn('night-ferry', true)).status).toBe(201)
  expect((await forms.fill(path, said())).status).toBe(200)

  const { records } = (await app.ask('/api/v1/records?noun=form')).body
  expect(records).toMatchObject([
    { kind: 'form.switched', href: '/consultations/night-ferry', body: { isOn: true } },
    { body: { isOn: false } },
    { body: { consultation: 'quiet', isOn: true } },
  ])
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test('one address may send few comments in a minute, and is told when to come again with all that it typed', async () => {
  const own = { 'x-forwarded-for': '198.51.100.7' }
  for (const status of [200, 200, 429]) {
    expect((await forms.fill(path, said(), own)).status).toBe(status)
  }
  // What is wrong anyway does not count, nor does what others send.
  const { status, text } = await forms.fill(path, said({ text: '' }), own)
  expect([status, text.includes('Write your comment here.')]).toEqual([400, true])
  expect((await forms.fill(path, said())).status).toBe(200)
  const { text: told } = await forms.fill(path, said(), own)
  expect(told).toContain('Eight knots is enough.')
  expect(told).toContain('again in 1 minute.')
})

test('a form says when it opens and that it has closed, and takes nothing then', async () => {
  const later = '/consultations/later/form?lang=en'
  expect((await forms.open(later)).text).toMatch(/opens on .*20 March|opens on March 20/)
  expect(await forms.fill(later, said())).toMatchObject({ status: 403 })
  const nowhere = await forms.fill('/consultations/nowhere/form?lang=en', said())
  expect([nowhere.status, nowhere.text.includes('nothing under this address')]).toEqual([404, true])
  await source.send(ndjson(ticket({ receivedAt: '2026-04-02T00:00:00Z' })))
  await expect.poll(async () => (await forms.fill(path, said())).status).toBe(403)
  const { status, body } = await app.act('ines', '/api/v1/consultations/night-ferry/form', {
    isOn: false,
  })
  expect([status, body.code]).toEqual([409, 'consultation.closed'])
})
