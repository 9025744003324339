import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ToldFigures } from '#shared/consultations/answer-measures.ts'
import type { CommentPage, ConsultationDetail, ToldSpread } from '#shared/consultations/told.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { article, comment, consultation, draft } from '../../support/consultations.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { docx, paragraph } from '../drafts/docx-file.ts'

/** Of the draft that waits to be shown. */
interface Waiting {
  draft: { number: number; matches: object[] }
}

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await actingApp()
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const send = (...events: object[]) => source.send(ndjson(...events))

const MEASURES =
  'commentsReceived,commentsPublished,commentsWithheld,stance,people,peopleOfProvision'

let opened = 0

/** What is sent and asked of a consultation of its own, so that tests may run at once. */
function rules() {
  const name = `rules-${++opened}`

  async function ask(query = '', measures = MEASURES) {
    await followed()
    const path = `/api/v1/view?measures=${measures}&window=2026-03-01/2026-04-01&consultation=${name}${query}`
    const response = await app.get(path)
    const answer = (await response.json()) as {
      columns: { id: string }[]
      rows: (string | number | null)[][]
      totals: (string | number | null)[]
      error?: string
    }
    expect(answer.error).toBeUndefined()
    const named = (row: (string | number | null)[]) =>
      Object.fromEntries(answer.columns.slice(1).map(({ id }, at) => [id, row[at + 1]]))
    return {
      totals: named(answer.totals),
      rows: new Map(answer.rows.map((row) => [row[0], named(row)])),
    }
  }

  return {
    name,
    ask,
    said: (overrides: object = {}) => comment({ consultation: name, ...overrides }),
    told: (overrides: object = {}) => consultation({ id: name, ...overrides }),
    confirm: (number: number, as = 'ines', key?: string) =>
      app.act(as, `/api/v1/consultations/${name}/drafts/${number}/confirmation`, {}, key),
  }
}

/** Resolves when the server counts all that was written before. */
async function followed(): Promise<void> {
  const { seq } = await journalHead(app.db)
  const followedTo = async () => ((await (await app.get('/readyz')).json()) as { seq: number }).seq
  while ((await followedTo()) < seq) await delay(20)
}

test.concurrent(
  'a comment is received and published or withheld, and says what it wants',
  async () => {
    const { name, ask, said, told } = rules()
    const receipt = await send(
      told(),
      said({ provision: '1', stance: 'support' }),
      said({ provision: '1', stance: 'oppose' }),
      said({ provision: '2', stance: 'oppose' }),
      said({ status: 'withheld', reason: 'abuse', stance: 'oppose' }),
      said(),
    )
    expect(receipt).toMatchObject({ status: 200, accepted: 6, rejected: [] })
    const { totals, rows } = await ask('&by=provision')
    expect(totals).toMatchObject({
      commentsReceived: 5,
      commentsPublished: 4,
      commentsWithheld: 1,
      'stance.support': 1,
      'stance.oppose': 2,
      'stance.amend': 0,
      'stance.n': 3,
      stance: 1 / 3,
    })
    expect(rows.get(`${name}/1/1`)).toMatchObject({ commentsPublished: 2, 'stance.support': 1 })
    expect(rows.get('(none)')).toMatchObject({ commentsPublished: 1, commentsWithheld: 1 })
  },
)

test.concurrent(
  'a resend is unchanged, an older version stale, another text under one version a conflict',
  async () => {
    const { ask, said } = rules()
    const one = said({ version: 2, stance: 'support' })
    await send(one)
    expect(await send(one)).toMatchObject({ unchanged: 1 })
    expect(await send({ ...one, version: 1 })).toMatchObject({ stale: 1 })
    const oldest = { ...one, version: 0 }
    expect(await send(oldest, oldest)).toMatchObject({ stale: 2 })
    const kept = app.db.selectFrom('commentHistory').select('version').where('id', '=', one.id)
    expect(await kept.orderBy('version').execute()).toEqual([{ version: 0 }, { version: 1 }])
    expect(await send({ ...one, text: 'Otherwise.' })).toMatchObject({ conflicting: 1 })
    expect((await ask()).totals).toMatchObject({ commentsReceived: 1, 'stance.support': 1 })
  },
)

test.concurrent(
  'one person is one participation, in the consultation and in each provision; others are counted apart',
  async () => {
    const { name, ask, said } = rules()
    await send(
      said({ person: 'p1', provision: '1' }),
      said({ person: 'p1', provision: '1' }),
      said({ person: 'p1', provision: '2' }),
      said({ person: 'p2' }),
      said({ person: 'o1', speaker: 'organisation', provision: '2' }),
      said({ speaker: 'paper' }),
      said({ speaker: 'paper' }),
      said({ person: 'p3', status: 'withheld', reason: 'off-topic' }),
    )
    const { totals, rows } = await ask('&by=provision')
    expect(totals).toMatchObject({ people: 2, 'people.organisations': 1, 'people.paper': 2 })
    expect(rows.get(`${name}/1/1`)).toMatchObject({ peopleOfProvision: 1 })
    expect(rows.get(`${name}/1/2`)).toMatchObject({ peopleOfProvision: 2 })
  },
)

test.concurrent(
  'who takes part is counted at the first comment that is published, as moderation goes on',
  async () => {
    const { ask, said } = rules()
    const first = said({ person: 'p1', receivedAt: '2026-03-05T10:00:00Z' })
    const second = said({ person: 'p1', receivedAt: '2026-03-07T10:00:00Z' })
    await send(second, first)
    const days = async () => {
      const { rows } = await ask('&by=day', 'people')
      return [...rows].filter(([, row]) => row.people !== 0).map(([day]) => day)
    }
    expect(await days()).toEqual(['2026-03-05T00:00Z'])
    await send({ ...first, version: 2, status: 'withheld', reason: 'abuse' })
    expect(await days()).toEqual(['2026-03-07T00:00Z'])
    await send({ ...second, version: 2, status: 'withheld', reason: 'abuse' })
    expect(await days()).toEqual([])
    await send({ ...first, version: 3 })
    expect(await days()).toEqual(['2026-03-05T00:00Z'])
  },
)

test.concurrent(
  'comments stay with their provision over four drafts, in whichever draft they name it',
  async () => {
    const { name, ask, said, told, confirm } = rules()
    const { speed, horn, last, fines } = article
    // Before their consultation is told of at all.
    await send(said({ draft: 2, provision: '3', person: 'p1' }))
    await send(
      told(),
      said({ provision: '2', person: 'p1' }),
      said({ provision: '1', person: 'p2' }),
    )
    await send(
      told({
        version: 2,
        drafts: [draft(2, fines, speed, horn.replace('night', 'any time'), last)],
      }),
    )
    await send(told({ version: 3, drafts: [draft(3, `${horn} ${speed}`, last)] }))
    await confirm(2)
    const { rows } = await ask('&by=provision')
    expect(rows.get(`${name}/1/2`)).toMatchObject({ commentsPublished: 2, peopleOfProvision: 1 })

    await confirm(3)
    await send(said({ draft: 3, provision: '1', person: 'p2' }))
    const later = await ask('&by=provision')
    const merged = [...later.rows].filter(([, row]) => row.commentsPublished === 4)
    expect(merged).toHaveLength(1)
    expect(merged[0]![1]).toMatchObject({ peopleOfProvision: 2 })
    expect(later.totals).toMatchObject({ people: 2, commentsPublished: 4 })

    // What is split goes on as its greater part; on what is split off nothing was said yet.
    await send(told({ version: 4, drafts: [draft(4, horn, last, speed)] }))
    await confirm(4)
    const [key] = merged[0]!
    const countsIn = async () => {
      const { rows } = await ask('&by=provision')
      return [key, `${name}/4/1`].map((one) => rows.get(one!)?.commentsPublished ?? 0)
    }
    expect(await countsIn()).toEqual([4, 0])
    await send(said({ draft: 4, provision: '1' }), said({ draft: 4, provision: '3' }))
    expect(await countsIn()).toEqual([5, 1])
  },
)

test.concurrent(
  'a second draft is shown once the secretariat has confirmed what became of it, by an act that anybody reads',
  async () => {
    const { name, told, confirm } = rules()
    const { speed, horn, fines } = article
    const first = draft(1, speed, horn)
    await send(told({ drafts: [first, draft(2, fines, speed.replace('8', '6')), draft(3, fines)] }))
    await app.act('ines', '/api/v1/appointments', appointing('mei'))
    const path = `/api/v1/consultations/${name}`
    const shown = async () => (await app.ask<{ draft: number }>(path)).body.draft
    const awaited = async (as?: string) => app.ask<Waiting>(`${path}/awaited`, as)

    expect(await shown()).toBe(1)
    expect((await awaited('ines')).body.draft).toMatchObject({
      number: 2,
      matches: [
        { kind: 'added', after: ['1'] },
        { kind: 'changed', before: ['1'], after: ['2'] },
        { kind: 'removed', before: ['2'] },
      ],
    })
    expect([(await awaited()).status, (await awaited('mei')).status]).toEqual([401, 403])
    expect((await confirm(2, 'mei')).body).toMatchObject({ code: 'appointment.role' })
    expect((await confirm(3)).body.error).toContain('Draft 2 waits')
    expect((await confirm(4)).status).toBe(404)
    expect(await shown()).toBe(1)

    const key = crypto.randomUUID()
    const { status, body } = await confirm(2, 'ines', key)
    expect(status).toBe(201)
    expect((await confirm(2, 'ines', key)).body).toEqual({ ...body, isRepeated: true })
    expect((await confirm(2)).body).toMatchObject({ code: 'done-already' })
    expect(await shown()).toBe(2)
    expect((await awaited('ines')).body.draft.number).toBe(3)
    const { records } = (await app.ask('/api/v1/records?noun=confirmation')).body
    expect(records.filter(({ href }) => href.endsWith(`/${name}`))).toMatchObject([
      {
        kind: 'draft.confirmed',
        href: `/consultations/${name}`,
        by: { role: 'secretariat' },
        body: { consultation: name, draft: 2, became: { added: 1, changed: 1, removed: 1 } },
      },
    ])
    expect((await checkActs(app.sql)).differences).toEqual([])
  },
)

test.concurrent(
  'where the secretariat finds otherwise than was proposed, comments go on as it says, and the act tells of how many',
  async () => {
    const { name, told, said, ask } = rules()
    const { speed, horn, fines } = article
    const drafts = [draft(1, speed, horn), draft(2, speed, fines)]
    await send(told({ drafts }), said({ provision: '2' }), said({ provision: '1' }))
    // Told again by its source with the same texts, in whatever order they are kept.
    expect(await send(told({ version: 2, drafts }))).toMatchObject({ accepted: 1, rejected: [] })
    const confirm = (continues: object) =>
      app.act('ines', `/api/v1/consultations/${name}/drafts/2/confirmation`, { continues })
    const wrong = await confirm({ 2: ['7'] })
    expect(wrong).toMatchObject({ status: 400, body: { path: 'continues.2' } })
    expect((await confirm({ 2: ['2'] })).status).toBe(201)
    await send(said({ draft: 2, provision: '2' }))
    const { rows } = await ask('&by=provision')
    expect(rows.get(`${name}/1/2`)).toMatchObject({ commentsPublished: 2 })
    const path = `/api/v1/consultations/${name}`
    expect((await app.ask<ConsultationDetail>(path)).body.matches).toMatchObject([
      { kind: 'kept' },
      { kind: 'changed', before: ['2'], after: ['2'] },
    ])
    const { records } = (await app.ask('/api/v1/records?noun=confirmation')).body
    expect(records.find(({ href }) => href.endsWith(`/${name}`))).toMatchObject({
      body: { draft: 2, became: { kept: 1, changed: 1 }, corrected: 1 },
    })
  },
)

test.concurrent(
  'the secretariat brings a draft as a Word document: it is read, made the next by an act, and shown once confirmed',
  async () => {
    const { name, told, confirm } = rules()
    const { speed, horn } = article
    await send(told({ drafts: [draft(1, speed, horn)] }))
    const path = `/api/v1/consultations/${name}`
    const file = docx(
      paragraph(`Article 1. ${speed.replace('8', '6')}`) + paragraph(`Article 2. ${horn}`),
      {
        'word/vbaProject.bin': 'x',
      },
    )
    const reading = async (as: string, body: Buffer) => {
      const answer = await fetch(`${app.origin}/api/v1/drafts/reading`, {
        method: 'POST',
        headers: { 'x-person': as, origin: app.origin },
        body: new Uint8Array(body),
      })
      return {
        status: answer.status,
        body: (await answer.json()) as { text: string; error?: string },
      }
    }
    const { body: read } = await reading('ines', file)
    expect(read).toMatchObject({ provisions: [{ id: '1' }, { id: '2' }], leftOut: ['macros'] })
    expect(await reading('nobody', file)).toMatchObject({ status: 403 })
    expect(await reading('ines', file.subarray(0, 200))).toMatchObject({ status: 415 })

    const key = crypto.randomUUID()
    const texts = { en: read.text }
    const brought = await app.act('ines', `${path}/drafts`, { texts }, key)
    expect(brought).toMatchObject({ status: 201, body: { draft: 2, isRepeated: false } })
    expect((await app.act('ines', `${path}/drafts`, { texts }, key)).body).toMatchObject({
      draft: 2,
      isRepeated: true,
    })
    const markup = { texts: { en: 'Article 1\n<script>' } }
    expect(await app.act('ines', `${path}/drafts`, markup)).toMatchObject({
      status: 400,
      body: { path: 'texts.en' },
    })
    const longer = { texts: { ...texts, zh: `${texts.en}\n第九条 无。` } }
    expect(await app.act('ines', `${path}/drafts`, longer)).toMatchObject({
      status: 400,
      body: {
        path: 'texts.zh',
        error: expect.stringContaining('zh has article 9 where en has nothing'),
      },
    })
    expect((await app.act('nobody', `${path}/drafts`, { texts })).status).toBe(403)
    expect((await app.ask<{ draft: number }>(path)).body.draft).toBe(1)
    expect((await app.ask<Waiting>(`${path}/awaited`, 'ines')).body.draft.matches).toMatchObject([
      { kind: 'changed', before: ['1'], after: ['1'] },
      { kind: 'kept' },
    ])
    expect((await confirm(2)).status).toBe(201)
    expect((await app.ask<{ draft: number }>(path)).body.draft).toBe(2)
    const { records } = (await app.ask('/api/v1/records?noun=confirmation')).body
    expect(records.map(({ kind, href }) => [kind, href])).toContainEqual([
      'draft.brought',
      `/consultations/${name}`,
    ])
    expect((await checkActs(app.sql)).differences).toEqual([])
  },
)

test.concurrent.each<
  [what: string, event: (of: ReturnType<typeof rules>) => object, path: string, error: string]
>([
  [
    'a withheld comment without a reason',
    ({ said }) => said({ status: 'withheld' }),
    'reason',
    'needs its reason',
  ],
  [
    'a comment of the future',
    ({ said }) => said({ receivedAt: '2100-01-01T00:00:00Z' }),
    'receivedAt',
    '10 minutes ahead',
  ],
  ['a comment that says nothing', ({ said }) => said({ text: '' }), 'text', ''],
  ['a stance that nobody knows', ({ said }) => said({ stance: 'maybe' }), 'stance', ''],
  [
    'a consultation that closes before it opens',
    ({ told }) => told({ closesAt: '2026-02-01T00:00:00Z' }),
    'closesAt',
    'closes after',
  ],
  [
    'a draft with markup',
    ({ told }) => told({ drafts: [draft(1, '<script>x</script>')] }),
    'drafts.0.texts.en',
    'line 2 holds markup',
  ],
  [
    'a draft without articles',
    ({ told }) => told({ drafts: [{ ...draft(1), texts: { en: 'Be quiet.' } }] }),
    'drafts.0.texts.en',
    'no numbered article',
  ],
  [
    'a draft that one language numbers otherwise',
    ({ told }) =>
      told({
        drafts: [
          { ...draft(1), texts: { en: 'Article 1\n(a) Quiet.', zh: '第一条\n（一）安静。' } },
        ],
      }),
    'drafts.0.texts.zh',
    'zh has clause 1.1 where en has clause 1.a',
  ],
])('%s is refused, and nothing else', async (_, event, path, error) => {
  const receipt = await send(event(rules()), ticket())
  expect(receipt).toMatchObject({ accepted: 1 })
  expect(receipt.rejected).toMatchObject([{ line: 1, path, error: expect.stringContaining(error) }])
})

test.concurrent(
  'a comment outside the days of its consultation is refused, and counts nowhere where it came before it was told',
  async () => {
    const { name, ask, said, told } = rules()
    const path = `/api/v1/consultations/${name}`
    const late = said({ receivedAt: '2026-03-20T00:00:00Z', provision: '2', person: 'p2' })
    await send(
      said({ receivedAt: '2026-03-04T23:59:59Z', status: 'withheld', reason: 'abuse' }),
      said({ receivedAt: '2026-03-05T00:00:00Z', provision: '1', person: 'p1' }),
      late,
    )
    expect((await ask()).totals).toMatchObject({ commentsReceived: 3, people: 2 })
    const days = { opensAt: '2026-03-05T00:00:00Z', closesAt: '2026-03-20T00:00:00Z' }
    const receipt = await send(
      { ...late, id: 'later' },
      told(days),
      said({ receivedAt: '2026-03-04T23:59:59Z' }),
    )
    expect(receipt.rejected).toMatchObject([
      { line: 1, path: 'receivedAt', error: 'lies after the consultation has closed' },
      { line: 3, path: 'receivedAt', error: 'lies before the consultation opens' },
    ])
    const one = { commentsReceived: 1, commentsPublished: 1, commentsWithheld: 0, people: 1 }
    expect((await ask()).totals).toMatchObject(one)
    expect((await app.ask<ConsultationDetail>(path)).body.withheld).toEqual([])
    expect((await app.ask<CommentPage>(`${path}/comments`)).body.comments).toHaveLength(1)
    expect((await app.ask<ToldFigures>(`${path}/figures`)).body.figures).toMatchObject({
      answerRate: { n: 1 },
      concentration: { n: 1, people: 1 },
    })
    await send(told({ version: 2 }))
    expect((await ask()).totals).toMatchObject({ commentsReceived: 3, commentsWithheld: 1 })
    expect((await app.ask(`${path}/withheld`)).body).toEqual({
      withheld: [{ reason: 'abuse', comments: 1 }],
    })
  },
)

test.concurrent(
  'a comment that comes while the days are told counts by them, whichever of both is first',
  async () => {
    for (let round = 0; round < 3; round++) {
      const { ask, said, told } = rules()
      const late = () => said({ receivedAt: '2026-03-20T00:00:00Z' })
      const sending = Array.from({ length: 6 }, () => send(late(), late()))
      await Promise.all([...sending, send(told({ closesAt: '2026-03-20T00:00:00Z' }))])
      expect((await ask()).totals).toMatchObject({ commentsReceived: 0, people: 0 })
    }
  },
)

test.concurrent(
  'a draft told again with another text is refused, and so is another source’s consultation',
  async () => {
    const { name, told } = rules()
    await send(told())
    const changed = told({ version: 2, drafts: [draft(1, article.fines)] })
    expect((await send(changed)).rejected).toMatchObject([
      { path: 'drafts', error: expect.stringContaining('another text') },
    ])
    expect(await send(told())).toMatchObject({ unchanged: 1 })
    const other = await newSource(app, `other of ${name}`)
    const receipt = await other.send(ndjson(told({ version: 9 })))
    expect(receipt.rejected).toMatchObject([
      { path: 'id', error: expect.stringContaining('another source') },
    ])
  },
)

test.concurrent(
  'what is not told by an axis says so, closed dimensions stay closed, and are told to who is appointed for it',
  async () => {
    const { name, said, told } = rules()
    await send(
      told(),
      told({ id: `${name}-of-pk`, agency: 'PK' }),
      said({ channel: 'post', language: 'zh' }),
      said({ channel: 'post', status: 'withheld', reason: 'abuse' }),
      said(),
    )
    await followed()
    for (const [person, agency] of [
      ['oda', 'HT'],
      ['odo', 'PK'],
    ]) {
      const jurisdiction = { agencies: [agency], areas: null, categories: null }
      const form = appointing(person!, { jurisdiction })
      expect((await app.act('ines', '/api/v1/appointments', form)).status).toBe(201)
    }
    const spread = async (as?: string) =>
      app.ask<ToldSpread>(`/api/v1/consultations/${name}/spread`, as)
    const { channel, language } = (await spread('oda')).body
    expect(channel).toMatchObject([
      { code: 'post', received: 2, published: 1, withheld: 1 },
      { code: null, received: 1, published: 1, withheld: 0 },
    ])
    expect(language.map(({ code, received }) => [code, received])).toEqual([
      [null, 2],
      ['zh', 1],
    ])
    expect((await spread()).status).toBe(401)
    expect(await spread('odo')).toMatchObject({
      status: 403,
      body: { code: 'jurisdiction.agency' },
    })
    const answer = async (query: string) => {
      const response = await app.get(`/api/v1/view?window=7d&${query}`)
      return { status: response.status, ...((await response.json()) as { path?: string }) }
    }
    expect(await answer(`measures=received&consultation=${name}`)).toMatchObject({
      status: 400,
      path: 'consultation',
    })
    expect(await answer('measures=commentsReceived&by=channel')).toMatchObject({
      status: 403,
      path: 'measures',
    })
    expect(await answer('measures=commentsReceived&by=consultation')).toMatchObject({ status: 200 })
  },
)
