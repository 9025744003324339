import { hash as digest } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  ClaimInput,
  GroupEvidence,
  NumberEvidence,
  TicketEvidence,
} from '#shared/oversight/evidence.ts'
import { defaultPolicy } from '#shared/policy.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import { requireCorrected } from '../../../server/evidence/corrected.ts'
import { keep } from '../../../server/evidence/freeze.ts'
import { publishPast } from '../../../server/publications/publish-past.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { numberClaim } from '../../../web/evidence/evidence-of.ts'
import { askAgain } from '../../../web/ledger/ask-again.ts'
import { checkEvidence } from '../../../web/ledger/evidence-check.ts'
import { viewQuery } from '../../../web/live/view-query.ts'
import { askedAgain } from '../../support/asked-again.ts'
import { ticket } from '../../support/events.ts'
import { hoursAgo } from '../../support/explorer.ts'
import { evidenceCity } from './evidence-city.ts'

let city: Awaited<ReturnType<typeof evidenceCity>>

beforeAll(async () => {
  city = await evidenceCity()
  await city.tell(
    ...['a', 'b', 'c'].map((id) =>
      ticket({ id, receivedAt: hoursAgo(5), area: 'Hill', category: 'lamps' }),
    ),
    ticket({ id: 'd', receivedAt: hoursAgo(4), agency: 'Parks', area: 'Bay' }),
  )
})
afterAll(() => city.stop())

interface Shown {
  at: At
  asOf: string
  rows: [string, ...number[]][]
  totals: (number | null)[]
}

/** What a page shows of a question now, or showed. */
const look = (spec: ViewSpec, at?: At) => city.ask<Shown>(`view?${viewQuery(spec, at)}`)

const byAgency: ViewSpec = { measures: ['received', 'onTimeRate'], by: 'agency', window: '24h' }
const claimOf = (at: At, more: object = {}) =>
  ({
    kind: 'number',
    question: byAgency,
    measure: 'received',
    row: 'PWD',
    at: [...at] as [number, number],
    saw: { value: 3 },
    ...more,
  }) as unknown as ClaimInput

test('a number is frozen as it was shown, however much has come since, with all versions it was made by', async () => {
  const { at, asOf, rows } = await look(byAgency)
  expect(rows[0]).toEqual(['PWD', 3, null, 0, 0])
  await city.tell(ticket({ id: 'late', receivedAt: hoursAgo(3) }))

  const { hash, evidence, about } = await city.freeze(claimOf(at))

  expect(evidence).toMatchObject({
    kind: 'number',
    form: 1,
    at,
    question: byAgency,
    measure: 'received',
    row: 'PWD',
    definitionVersion: 1,
    basis: 'past',
    fields: { value: 3 },
    saw: { value: 3 },
    picture: null,
    demonstration: false,
    policyVersion: 1,
    contributionsVersion: expect.any(Number),
    members: [{ dimension: 'agency', code: 'PWD', names: {} }],
  })
  // As the page could say it: within the minute.
  expect(Math.abs(Date.parse(evidence.asOf) - Date.parse(asOf))).toBeLessThan(61_000)
  expect(about).toEqual({ agency: city.engine.terms.directory.find('agency', 'PWD') })

  const opened = await city.reopen(hash)
  expect(opened.evidence).toEqual(evidence)
  expect(opened.today).toMatchObject({
    kind: 'number',
    same: { state: 'told', fields: { value: 4 }, window: (evidence as NumberEvidence).window },
    rolled: { state: 'told', fields: { value: 4 }, definitionVersion: 1 },
  })
  await city.tell(ticket({ id: 'late', version: 2, receivedAt: hoursAgo(3), agency: 'Parks' }))
})

test('a rate is frozen with what it is made of, and null stays null (I7)', async () => {
  const { at } = await look(byAgency)
  const saw = { value: null, numerator: 0, n: 0 }
  const { evidence } = await city.freeze(claimOf(at, { measure: 'onTimeRate', saw }))

  expect(evidence).toMatchObject({ fields: saw, saw })
})

test('a number that never was is refused, and nothing of it is kept', async () => {
  const { at } = await look(byAgency)
  const count = async () => (await city.sql`select 1 from evidence`).length
  const before = await count()

  await expect(city.freeze(claimOf(at, { saw: { value: 2 } }))).rejects.toMatchObject({
    status: 409,
    path: 'saw',
    message: expect.stringMatching(/^This number was not shown at journal \d+, .*value was 3\./),
  })
  await expect(city.freeze(claimOf(at, { row: 'Water' }))).rejects.toMatchObject({ status: 409 })
  await expect(city.freeze(claimOf([at[0] + 9, at[1]]))).rejects.toMatchObject({ status: 400 })
  await expect(city.freeze(claimOf(at, { saw: { value: 3, wish: 1 } }))).rejects.toMatchObject({
    status: 400,
    path: 'saw',
  })
  await expect(city.freeze(claimOf(at, { measure: 'closed' }))).rejects.toMatchObject({
    status: 400,
    path: 'measure',
  })
  expect(await count()).toBe(before)
})

test('I8: what the public may not ask is not frozen for it', async () => {
  const { at } = await look(byAgency)
  const closed = { ...byAgency, by: 'channel', window: '24h' }
  const survey = { measures: ['satisfactionRate'], window: '24h' }

  await expect(city.freeze(claimOf(at, { question: closed }))).rejects.toMatchObject({
    status: 403,
  })
  await expect(
    city.freeze(claimOf(at, { question: survey, measure: 'satisfactionRate', row: null })),
  ).rejects.toMatchObject({ status: 403 })
})

test('one question is one evidence, however its members are spelled and ordered', async () => {
  const question = { ...byAgency, filters: { area: ['bay', 'HILL', 'Hill'] } }
  const { at } = await look(question as ViewSpec)
  const [first, second] = [
    await city.freeze(claimOf(at, { question })),
    await city.freeze(
      claimOf(at, { question: { ...question, filters: { area: ['Hill', 'Bay'] } } }),
    ),
  ]

  expect(second.hash).toBe(first.hash)
  expect((first.evidence as NumberEvidence).question.filters).toEqual({ area: ['Bay', 'Hill'] })
  // Of two areas it is about neither.
  expect(Object.keys(first.about)).toEqual(['agency'])
})

test('what is kept is its own canonical form, and nobody changes or removes it', async () => {
  const { at } = await look(byAgency)
  const { hash, evidence } = await city.freeze(claimOf(at))
  const [row] = await city.sql`
    select canonical, body from evidence where encode(hash, 'hex') = ${hash}
  `

  expect(digest('sha256', row!.canonical as string, 'hex')).toBe(hash)
  expect(JSON.parse(row!.canonical as string)).toEqual(evidence)
  expect(row!.canonical).toMatch(/^\{"asOf":".*","at":\[/)
  const changes = [
    city.sql`update evidence set body = body || '{"row":"Parks"}'`,
    city.sql`delete from evidence`,
    city.sql`truncate evidence`,
  ]
  for (const change of changes) await expect(change).rejects.toThrow(/never changed or removed/)
  expect(await city.reopen('0'.repeat(64))).toMatchObject({ httpStatus: 404 })
  expect(await city.reopen('nothing')).toMatchObject({ httpStatus: 404 })
})

test('a fixed window is asked again as the same one, and only once', async () => {
  const end = hoursAgo(3.5).slice(0, 16)
  const question = { ...byAgency, window: `${hoursAgo(6).slice(0, 16)}Z/${end}Z` }
  const { at } = await look(question)
  const { hash } = await city.freeze(claimOf(at, { question }))
  await city.tell(ticket({ id: 'within', receivedAt: hoursAgo(5.5) }))
  await city.tell(ticket({ id: 'after', receivedAt: hoursAgo(1) }))

  const { today } = await city.reopen(hash)

  expect(today).toMatchObject({
    same: { state: 'told', fields: { value: 4 }, window: { end: `${end}:00.000Z` } },
  })
  expect('rolled' in today).toBe(false)
  await city.tell(
    ticket({ id: 'within', version: 2, receivedAt: hoursAgo(5.5), agency: 'Parks' }),
    ticket({ id: 'after', version: 2, receivedAt: hoursAgo(1), agency: 'Parks' }),
  )
})

test('a row in which nothing is counted any more says so', async () => {
  await city.tell(ticket({ id: 'brief', receivedAt: hoursAgo(2), agency: 'Harbour' }))
  const { at } = await look(byAgency)
  const { hash } = await city.freeze(claimOf(at, { row: 'Harbour', saw: { value: 1 } }))
  await city.tell(ticket({ id: 'brief', version: 2, receivedAt: hoursAgo(2), agency: 'Parks' }))

  expect((await city.reopen(hash)).today).toMatchObject({
    same: { state: 'none' },
    rolled: { state: 'none' },
  })
})

async function ticketClaim(id: string, more: object = {}): Promise<ClaimInput> {
  const { ticket } = await city.pageOf(id)
  const [seq, minute] = city.engine.at
  return { kind: 'ticket', mark: ticket.mark, id, at: [seq, minute], ...more } as ClaimInput
}

const watched = {
  id: 'watched',
  receivedAt: hoursAgo(80),
  area: 'Hill',
  channel: 'wechat-secret',
  summary: 'My neighbour Ada Secret complains',
}

test('a ticket is frozen as it was, with its clocks, and reopened beside what became of it', async () => {
  await city.tell(ticket(watched))
  const claim = await ticketClaim('watched', { saw: { status: 'open', closedAt: null } })
  await city.tell(
    ticket({
      ...watched,
      version: 2,
      status: 'closed',
      closedAt: hoursAgo(1),
      closeReason: 'resolved',
    }),
  )

  const { hash, evidence, about } = await city.freeze(claim)

  expect(evidence).toMatchObject({
    kind: 'ticket',
    ticket: { id: 'watched', status: 'open', agency: 'PWD', area: 'Hill', state: 'overdue' },
    clocks: { close: { verdict: 'missed', at: null }, respond: { verdict: 'missed' } },
  })
  expect(Object.keys(about).sort()).toEqual(['agency', 'area'])
  expect((await city.reopen(hash)).today).toMatchObject({
    kind: 'ticket',
    same: {
      state: 'told',
      ticket: { status: 'closed', state: 'late' },
      members: evidence.members,
    },
  })
  expect(evidence.members).toMatchObject([{ code: 'PWD' }, { code: 'Hill' }])
  // Anybody asks again for that moment, and compares.
  expect(await checkEvidence(hash, askedAgain(city))).toMatchObject({ isSame: true, again: 'same' })
  const { ticket: told } = evidence as TicketEvidence
  const again = (rest: object) =>
    askAgain({ ...(evidence as TicketEvidence), ticket: { ...told, ...rest } }, askedAgain(city))
  expect(await again({ status: 'closed' })).toBe('other')
  expect(await again({ language: 'en' })).toBe('part')
  expect(await again({ id: 'nobody' })).toBe('gone')
  expect(await checkEvidence('0'.repeat(64), askedAgain(city))).toBe('missing')
  const late = await ticketClaim('watched', { saw: { status: 'open' } })
  await expect(city.freeze(late)).rejects.toMatchObject({ status: 409, path: 'saw' })
})

test('I8: of a ticket nothing is frozen but what is public', async () => {
  const { evidence } = await city.freeze(await ticketClaim('watched'))

  expect(JSON.stringify(evidence)).not.toMatch(/secret|channel|summary|survey|phone|source/i)
  expect((evidence as TicketEvidence).ticket).not.toHaveProperty('language')
})

test('that source data was corrected is said only where a source has told another version since', async () => {
  const told = { id: 'amended', receivedAt: hoursAgo(3) }
  await city.tell(ticket(told))
  const { hash: evidence } = await city.freeze(await ticketClaim('amended'))
  const { mark } = (await city.pageOf('amended')).ticket
  const check = (named: string) =>
    requireCorrected(city.db, city.desk.markOf, { ticket: named, evidence })
  const named = `${mark}/amended`

  await expect(check(named)).rejects.toMatchObject({ status: 409, message: /Correct it there/ })
  await expect(check(`elsewhere/amended`)).rejects.toMatchObject({ status: 409 })
  await city.tell(ticket({ ...told, version: 2, receivedAt: hoursAgo(2) }))
  await check(named)
})

test('there is no ticket before it came, and none under another mark', async () => {
  const claim = await ticketClaim('watched')
  await expect(city.freeze({ ...claim, at: [1, claim.at[1]] } as ClaimInput)).rejects.toMatchObject(
    {
      status: 404,
    },
  )
  await expect(city.freeze({ ...claim, mark: 'other' } as ClaimInput)).rejects.toMatchObject({
    status: 404,
  })
})

test('a group of tickets is counted as it was, and what the page counted is kept beside', async () => {
  const [seq, minute] = city.engine.at
  const query = 'area=hill&status=open&window=7d&by=agency'
  const { groups } = await city.groups(query)
  const saw = groups.find(({ key }) => key === 'PWD')!.tickets
  await city.tell(
    ticket({ id: 'a', version: 2, receivedAt: hoursAgo(5), area: 'Bay' }),
    ticket({ id: 'more', receivedAt: hoursAgo(1), area: 'Hill' }),
    ticket({ id: 'again', receivedAt: hoursAgo(1), area: 'Hill' }),
  )
  // What came and was changed since then was not there at all.
  await city.tell(ticket({ id: 'more', version: 2, receivedAt: hoursAgo(2), area: 'Hill' }))
  const claim: ClaimInput = { kind: 'group', query, group: 'PWD', at: [seq, minute], saw }

  const { hash, evidence, about } = await city.freeze(claim)

  expect(saw).toBe(3)
  expect(evidence).toMatchObject({
    kind: 'group',
    question: { area: ['Hill'], status: ['open'], window: '7d', by: 'agency' },
    group: 'PWD',
    tickets: 3,
    saw: 3,
    window: { end: new Date(minute * 60_000).toISOString() },
  })
  expect(Object.keys(about).sort()).toEqual(['agency', 'area'])
  expect((await city.reopen(hash)).today).toMatchObject({
    kind: 'group',
    same: { state: 'told', tickets: 4 },
    rolled: { state: 'told', tickets: 4 },
  })
  expect(await checkEvidence(hash, askedAgain(city))).toMatchObject({ isSame: true, again: 'same' })
  const group = evidence as GroupEvidence
  expect(await askAgain({ ...group, tickets: 4 }, askedAgain(city))).toBe('other')
  const listed = { ...group, question: { ...group.question, channel: ['phone'] } }
  expect(await askAgain(listed, askedAgain(city))).toBe('closed')
  const told = await city.freeze({ ...claim, saw: 99 })
  expect(told.evidence).toMatchObject({ tickets: 3, saw: 99 })
  for (const [query, status] of [
    ['channel=phone', 403],
    ['area=nowhere&by=agency', 400],
    ['area=hill', 400],
  ] as const) {
    await expect(city.freeze({ ...claim, query })).rejects.toMatchObject({ status })
  }
})

test('what is about to be frozen is told, and a claim that is none is refused in words', async () => {
  const { at } = await look(byAgency)
  const post = async (body: unknown) => {
    const answer = await city.post('/api/v1/evidence', body)
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  const { rows } = await look(byAgency, at)
  const told = await post(claimOf(at, { saw: { value: rows.find(([key]) => key === 'PWD')![1] } }))

  expect(told).toMatchObject({ status: 200, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  // By code, as far as it is public: members have ids only within.
  expect(told).toMatchObject({ place: { agency: 'PWD' } })
  expect(told).not.toHaveProperty('about')
  for (const [claim, path] of [
    [{ ...claimOf(at), kind: 'meeting' }, 'kind'],
    [claimOf(at, { saw: {} }), 'saw'],
    [claimOf(at, { saw: { value: 'NaN' } }), 'saw.value'],
    [claimOf(at, { picture: 'x' }), 'picture'],
    [claimOf(at, { at: [-1, 1] }), 'at.0'],
  ] as const) {
    expect(await post(claim)).toMatchObject({ status: 400, path })
  }
  expect(await post('{"kind":"number","saw":{"value":1e999}}')).toMatchObject({ status: 400 })
  expect((await city.post('/api/v1/evidence', 'x', { 'content-type': 'text/plain' })).status).toBe(
    415,
  )
})

test('a picture that the person did not bring is not tied to evidence', async () => {
  const { at, rows } = await look(byAgency)
  const value = rows.find(([key]) => key === 'PWD')![1]
  const picture = 'a'.repeat(64)

  await expect(city.freeze(claimOf(at, { saw: { value }, picture }))).rejects.toMatchObject({
    status: 404,
    path: 'picture',
  })
})

test('what cannot be said in JSON is never kept', async () => {
  const { at, rows } = await look(byAgency)
  const value = rows.find(([key]) => key === 'PWD')![1]
  const { evidence } = await city.freeze(claimOf(at, { saw: { value } }))
  const broken = [
    { ...evidence, fields: { value: NaN } },
    { ...evidence, row: undefined },
  ]

  for (const one of broken)
    await expect(keep(city.db, { evidence: one as never }, 'ada')).rejects.toThrow()
})

test('I8: what a policy closes is said of today, and what was public stays as it was frozen', async () => {
  await using own = {
    ...(await evidenceCity()),
    [Symbol.asyncDispose]() {
      return this.stop()
    },
  }
  await own.tell(ticket(watched))
  const [seq, minute] = own.engine.at
  const { mark } = (await own.list()).rows[0]!
  const week: ViewSpec = { ...byAgency, window: '7d' }
  const number = await own.freeze(claimOf([seq, minute], { question: week, saw: { value: 1 } }))
  const single = await own.freeze({ kind: 'ticket', mark, id: 'watched', at: [seq, minute] })
  await setPolicy(own.db, { ...defaultPolicy, opened: [] }, { clock: 'database', setBy: 'test' })
  await expect
    .poll(async () => (await own.ask<{ opened: string[] }>('deployment')).opened)
    .toEqual([])

  const [shownNumber, shownTicket] = [await own.reopen(number.hash), await own.reopen(single.hash)]

  expect(shownNumber.evidence).toEqual(number.evidence)
  expect(shownNumber.today).toMatchObject({ same: { state: 'closed' } })
  expect(shownTicket.evidence).toEqual(single.evidence)
  expect(shownTicket.today).toMatchObject({
    same: { state: 'closed', why: expect.stringContaining('opened no dimension') },
  })
  for (const { hash } of [number, single]) {
    expect(await checkEvidence(hash, askedAgain(own))).toMatchObject({
      isSame: true,
      again: 'closed',
    })
  }
})

test('a gap that was published is frozen with what it is read with', async () => {
  const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
  await city.tell(
    ...Array.from({ length: 40 }, (_, one) =>
      ticket({
        ...{ id: `asked${one}`, receivedAt: dayAgo(4), status: 'closed', closeReason: 'resolved' },
        ...{ closedAt: dayAgo(3), survey: { at: dayAgo(2), resolved: one % 2 === 0 } },
      }),
    ),
  )
  const [start, end] = [dayAgo(2).slice(0, 10), dayAgo(1).slice(0, 10)]
  await publishPast({ db: city.db, sql: city.sql, clock: 'database', from: start })
  const measures = ['resolutionGap', 'resolutionConfirmed', 'surveyCoverage'] as const
  const spec: ViewSpec = { id: 'published', measures: [...measures], window: `${start}/${end}` }
  const view = await city.ask<Shown & ViewState>(`view?${viewQuery(spec)}`)
  const claim = numberClaim({ spec, view, at: view.at, measure: 'resolutionGap' })!

  const { hash, evidence } = await city.freeze(claim)
  expect(evidence).toMatchObject({
    basis: 'published',
    fields: { value: 0.5, asserted: 40, confirmed: 20, n: 40 },
    beside: [
      { measure: 'resolutionConfirmed', definitionVersion: 1, fields: { value: 0.5, n: 40 } },
      { measure: 'surveyCoverage', definitionVersion: expect.any(Number) },
    ],
  })
  expect((await city.reopen(hash)).evidence).toEqual(evidence)
  expect(await checkEvidence(hash, askedAgain(city))).toMatchObject({ isSame: true, again: 'same' })
  const { fields } = evidence as NumberEvidence
  const forged = { ...(evidence as NumberEvidence), fields: { ...fields, n: 41 } }
  expect(await askAgain(forged, askedAgain(city))).toBe('other')
})
