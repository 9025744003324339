import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PollDetail, ToldBreakdowns, ToldOpinions } from '#shared/polls/told.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { agreementPoll, poll, response, statement, vote } from '../../support/polls.ts'
import { planted } from '../../shared/opinions/planted.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>
let other: Awaited<ReturnType<typeof newSource>>

/** Now is the newest event, so that a poll closes when a test wants it. */
beforeAll(async () => {
  app = await runningApp({ clock: 'events' })
  source = await newSource(app)
  other = await newSource(app, 'kiosk')
})
afterAll(() => app[Symbol.asyncDispose]())

const send = (...events: object[]) => source.send(ndjson(...events))
const moveClock = (receivedAt: string) => send(ticket({ receivedAt }))

/** Resolves when the server counts all that was written before. */
async function followed(): Promise<void> {
  const { seq } = await journalHead(app.db)
  const followedTo = async () => ((await (await app.get('/readyz')).json()) as { seq: number }).seq
  while ((await followedTo()) < seq) await delay(20)
}

async function get<T>(path: string): Promise<T & { status: number; error?: string }> {
  const answer = await app.get(`/api/v1${path}`)
  return { ...((await answer.json()) as T & { error?: string }), status: answer.status }
}

/** Of a CSV file. */
async function linesOf(path: string): Promise<string[]> {
  const answer = await app.get(`/api/v1${path}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/csv; charset=utf-8',
  ])
  return (await answer.text()).trimEnd().split('\r\n')
}

interface Answer {
  columns: { id: string }[]
  rows: (string | number | null)[][]
  totals: (string | number | null)[]
}

async function ask(of: string, query: string) {
  await followed()
  const { columns, rows, totals, error } = await get<Answer>(
    `/view?window=2026-03-01/2026-05-01&poll=${of}&${query}`,
  )
  expect(error).toBeUndefined()
  const cells = (row: (string | number | null)[]) =>
    Object.fromEntries(columns.slice(1).map(({ id }, at) => [id, row[at + 1]]))
  return { rows: new Map(rows.map((row) => [row[0], cells(row)])), totals: cells(totals) }
}

let told = 0
/** A poll of its own for each test. */
async function opened(overrides: object = {}, make = poll) {
  const id = `poll-${++told}`
  expect(await send(make({ id, ...overrides }))).toMatchObject({ accepted: 1, rejected: [] })
  return {
    id,
    said: (own: object = {}) => response({ poll: id, ...own }),
    voted: (own: object = {}) => vote({ poll: id, ...own }),
    stated: (own: object = {}) => statement({ poll: id, ...own }),
    choices: () => ask(id, 'measures=choice&by=choice'),
    respondents: async () => (await ask(id, 'measures=respondents')).totals.respondents,
    agreement: () => ask(id, 'measures=agreement&by=statement'),
  }
}

test('each choice has its share of those who answered the question, also where several may be chosen', async () => {
  const { id, said, choices, respondents } = await opened()
  const receipt = await send(
    said({ answers: { hours: 'ten', wanted: ['seats', 'food'] } }),
    said({ person: 'p2', answers: { hours: ['midnight'], wanted: ['seats'] } }),
    said({ person: 'p3', answers: { hours: 'midnight' } }),
  )
  expect(receipt).toMatchObject({ accepted: 3, rejected: [] })
  const { rows } = await choices()
  expect(rows.get(`${id}/hours/midnight`)).toMatchObject({ 'choice.chosen': 2, 'choice.n': 3 })
  expect(rows.get(`${id}/hours/all-night`)).toMatchObject({ choice: 0, 'choice.n': 3 })
  expect(rows.get(`${id}/wanted/seats`)).toMatchObject({ choice: 1, 'choice.n': 2 })
  expect(rows.get(`${id}/wanted/food`)).toMatchObject({ choice: 0.5 })
  expect(await respondents()).toBe(3)
  const [header, ten, midnight] = await linesOf(`/polls/${id}/tallies.csv`)
  expect(header).toBe('question,choice,chosen,n,value,low,high,question.en,choice.en')
  expect(ten).toMatch(/^hours,ten,1,3,0\.333\d+,0\.0614\d+,0\.792\d+,hours,ten$/)
  expect(midnight).toMatch(/^hours,midnight,2,3,/)
})

test('of one person the last version counts, whichever source told it, and an answer may be taken back', async () => {
  const { id, said, choices, respondents } = await opened()
  const first = said({ version: 2 })
  await send(first)
  expect(await send(first)).toMatchObject({ unchanged: 1 })
  expect(await send({ ...first, version: 1 })).toMatchObject({ stale: 1 })
  expect(await send({ ...first, answers: { hours: 'midnight' } })).toMatchObject({ conflicting: 1 })
  await other.send(ndjson(said({ version: 3, answers: { hours: 'all-night' } })))
  const { rows } = await choices()
  expect(rows.get(`${id}/hours/ten`)).toMatchObject({ 'choice.chosen': 0, 'choice.n': 1 })
  expect(rows.get(`${id}/hours/all-night`)).toMatchObject({ 'choice.chosen': 1 })
  await send(said({ version: 4, answers: {} }))
  expect([await respondents(), (await choices()).rows.size]).toEqual([0, 0])
})

test.each([
  ['of a poll that nobody told', { poll: 'nowhere' }, 'poll'],
  ['before it opens', { answeredAt: '2026-02-28T23:59:00Z' }, 'answeredAt'],
  ['after it has closed', { answeredAt: '2026-04-01T00:00:00Z' }, 'answeredAt'],
  ['to no question of it', { answers: { why: 'ten' } }, 'answers.why'],
  ['of no choice of it', { answers: { hours: 'noon' } }, 'answers.hours'],
  ['of more choices than may be', { answers: { hours: ['ten', 'midnight'] } }, 'answers.hours'],
  ['of one choice twice', { answers: { wanted: ['food', 'food'] } }, 'answers.wanted'],
  ['by a group that it has not', { groups: { country: 'nz' } }, 'groups.country'],
  ['by no value of its group', { groups: { age: 'ageless' } }, 'groups.age'],
])('an answer %s is refused, and the others of its request are kept', async (_, wrong, path) => {
  const { said, respondents } = await opened()
  const receipt = await send(said({ ...wrong }), said({ person: 'p2' }))
  expect(receipt).toMatchObject({ accepted: 1, rejected: [{ line: 1, path }] })
  expect(await respondents()).toBe(1)
})

test('a poll may be told in other words; what answers depend on stays as it was', async () => {
  const { id } = await opened()
  const again = (own: object) => send(poll({ id, version: 2, ...own }))
  const titles = { en: 'Nights', zh: '夜' }
  for (const [path, own] of [
    ['closesAt', { closesAt: '2026-05-01T00:00:00Z' }],
    ['isSealed', { isSealed: true }],
    ['questions', { questions: poll().questions.slice(0, 1) }],
    ['groups', { groups: [] }],
  ] as const) {
    expect(await again(own)).toMatchObject({ accepted: 0, rejected: [{ path }] })
  }
  expect(await again({ titles })).toMatchObject({ accepted: 1, rejected: [] })
  expect(await other.send(ndjson(poll({ id, version: 3 })))).toMatchObject({ accepted: 0 })
  expect(await get<PollDetail>(`/polls/${id}`)).toMatchObject({ titles, status: 200 })
})

test('what was chosen in a sealed poll is counted when the clock closes it, and told to nobody before', async () => {
  const closing = { closesAt: '2026-03-10T12:00:00Z', isSealed: true }
  const sealed = await opened(closing)
  const votes = await opened(closing, agreementPoll)
  await send(
    sealed.said({ groups: { age: 'old' } }),
    votes.voted(),
    votes.voted({ person: 'p2', vote: 'disagree' }),
  )
  await moveClock('2026-03-10T11:58:00Z')
  expect(await sealed.respondents()).toBe(1)
  expect((await sealed.choices()).rows.size).toBe(0)
  expect((await votes.agreement()).rows.size).toBe(0)
  expect(await get(`/polls/${sealed.id}/breakdowns`)).toMatchObject({ status: 403 })
  expect(await get(`/polls/${votes.id}/opinions`)).toMatchObject({ status: 403 })
  expect((await app.get(`/api/v1/polls/${votes.id}/opinions.csv`)).status).toBe(403)
  for (const { id } of [sealed, votes]) {
    expect((await app.get(`/api/v1/polls/${id}/tallies.csv`)).status).toBe(403)
    expect((await app.get(`/api/v1/polls/${id}/breakdowns.csv`)).status).toBe(403)
  }
  await moveClock('2026-03-10T12:01:00Z')
  const { rows } = await sealed.choices()
  expect(rows.get(`${sealed.id}/hours/ten`)).toMatchObject({ 'choice.chosen': 1 })
  expect((await votes.agreement()).rows.get(`${votes.id}/1`)).toMatchObject({ 'agreement.n': 2 })
  expect(await get(`/polls/${votes.id}/opinions`)).toMatchObject({ status: 200, voters: 0 })
  await send(votes.stated({ texts: { en: '=Buses, all night', zh: '夜班车' } }))
  expect(await linesOf(`/polls/${votes.id}/tallies.csv`)).toEqual([
    'statement,agree,disagree,pass,n,value,low,high,statement.en,statement.zh',
    expect.stringMatching(/^1,1,1,0,2,0\.5,0\.0945\d+,0\.905\d+,"'=Buses, all night",夜班车$/),
  ])
})

test('who chose what is told by groups of ten or more, rounded, and once', async () => {
  const { id, said } = await opened({ closesAt: '2026-03-11T00:00:00Z' })
  const many = (n: number, own: object) =>
    Array.from({ length: n }, (_, i) => said({ person: `${JSON.stringify(own)} ${i}`, ...own }))
  await send(
    ...many(23, { groups: { age: 'young' }, answers: { hours: 'midnight' }, area: 'north' }),
    ...many(11, { groups: { age: 'young' }, answers: { hours: 'ten' } }),
    ...many(4, { groups: { age: 'young' }, answers: { hours: 'all-night' } }),
    ...many(9, { groups: { age: 'old' } }),
  )
  await moveClock('2026-03-11T00:01:00Z')
  await followed()
  const first = await get<ToldBreakdowns>(`/polls/${id}/breakdowns`)
  expect(first.breakdowns).toEqual([
    { question: 'hours', group: 'age', values: [{ id: 'young', n: 40, chosen: [10, 25, null] }] },
    {
      question: 'hours',
      group: 'area',
      values: [{ id: 'north', n: 25, chosen: [null, 25, null] }],
    },
  ])
  expect(first.members).toEqual({ area: [{ code: 'north', names: {} }], channel: [] })
  expect((await linesOf(`/polls/${id}/breakdowns.csv`)).slice(0, 4)).toEqual([
    ...['question,group,value,n,choice,chosen', 'hours,age,young,40,ten,10'],
    ...['hours,age,young,40,midnight,25', 'hours,age,young,40,all-night,'],
  ])
  await send(...many(9, { groups: { age: 'old' }, version: 2, answers: { hours: 'midnight' } }))
  await send(said({ person: 'late', groups: { age: 'old' } }))
  expect(await get<ToldBreakdowns>(`/polls/${id}/breakdowns`)).toEqual(first)
})

test('votes may come before their statement; of one person on one statement the last counts', async () => {
  const { id, voted, stated, agreement } = await opened({}, agreementPoll)
  await send(voted(), voted({ person: 'p2', vote: 'pass' }), voted({ person: 'p3' }))
  await send(voted({ version: 2, vote: 'disagree' }))
  await send(stated(), stated({ id: '2', status: 'withheld', reason: 'abuse' }))
  expect((await agreement()).rows.get(`${id}/1`)).toEqual({
    ...{ agreement: 1 / 3, 'agreement.agree': 1, 'agreement.n': 3 },
    ...{ 'agreement.disagree': 1, 'agreement.pass': 1 },
  })
  const detail = await get<PollDetail>(`/polls/${id}`)
  expect(detail.statements).toMatchObject([{ id: '1', key: `${id}/1` }])
  expect(detail.withheld).toEqual([{ reason: 'abuse', statements: 1 }])
  expect(await send(stated({ version: 2, status: 'withheld', reason: 'abuse' }))).toMatchObject({
    accepted: 1,
  })
  expect(await get<PollDetail>(`/polls/${id}`)).toMatchObject({ statements: [] })
  const choices = await opened()
  expect(await send(choices.voted())).toMatchObject({ rejected: [{ path: 'poll' }] })
  expect(await send(voted(), response({ poll: id }))).toMatchObject({ rejected: [{ line: 2 }] })
})

test('voters fall into the groups they vote like; withheld statements are not asked, and nobody is named', async () => {
  const { id, voted, stated } = await opened({}, agreementPoll)
  const { list, belongs } = planted({ groups: 2, each: 25, statements: 20 })
  const stands = ['disagree', 'pass', 'agree']
  await send(
    ...Array.from({ length: 20 }, (_, i) => stated({ id: String(i) })),
    stated({ id: '20', status: 'withheld', reason: 'abuse' }),
    ...list.map(({ voter, statement: at, value }) =>
      voted({ person: `v${voter}`, statement: String(at), vote: stands[value + 1] }),
    ),
    // All of one camp, and it shows nowhere.
    ...belongs.flatMap((camp, voter) =>
      camp === 0 ? [voted({ person: `v${voter}`, statement: '20' })] : [],
    ),
  )
  const opinions = await get<ToldOpinions>(`/polls/${id}/opinions`)
  expect(opinions).toMatchObject({ status: 200, voters: 50, placed: 50 })
  expect(opinions.groups.map(({ size }) => size)).toEqual([25, 25])
  expect(opinions.points.reduce((sum, [, , , n]) => sum + n, 0)).toBe(50)
  expect(opinions.divides.length).toBeGreaterThan(0)
  const [header, ...places] = await linesOf(`/polls/${id}/opinions.csv`)
  expect(header).toBe('group,x,y,people')
  expect(places[0]).toBe([opinions.points[0]![0] + 1, ...opinions.points[0]!.slice(1)].join())
  const text = JSON.stringify(opinions)
  expect(text).not.toContain('"20"')
  expect(text).not.toMatch(/v\d/)
})

test('there is no poll by another name, and no opinions of questions', async () => {
  const { id } = await opened()
  expect(await get('/polls/nowhere')).toMatchObject({ status: 404 })
  expect(await get('/polls/%00')).toMatchObject({ status: 404 })
  expect(await get(`/polls/${id}/opinions`)).toMatchObject({ status: 404 })
  expect((await app.get(`/api/v1/polls/${id}/opinions.csv`)).status).toBe(404)
  const { polls } = await get<{ polls: { code: string }[] }>('/polls')
  expect(polls.map(({ code }) => code)).toContain(id)
})
