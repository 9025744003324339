import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { followRecords } from '../../support/follow-records.ts'
import { castOf, claimed, flagging, suggesting, type Tale, tell, talePolicy } from './tale.ts'

const soon = { timeout: 30_000 }
const accounts = { ...readConfig({}).accounts, signInsPerMinute: 0 }

/** A test knows what it asked for. */
const json = async <Body>(answer: Promise<Response>) => (await (await answer).json()) as Body

/** A server whose secretariat, official and observer came in by links, as anybody does. */
async function stage() {
  const app = await runningApp({ accounts, prepare: (db) => insertPolicy(db, talePolicy) })
  const source = await newSource(app)
  const move = async () => {
    const receivedAt = new Date(Date.now() - 60_000).toISOString()
    const { status, seq } = await source.send(ndjson(ticket({ receivedAt, area: 'Old' })))
    if (status !== 200) throw new Error(`intake: ${status}`)
    const isFollowed = async () => (await json<{ seq: number }>(app.get('/readyz'))).seq === seq
    await vi.waitUntil(isFollowed, soon)
  }
  const cast = await castOf(
    { origin: app.origin, move },
    `${app.origin}/welcome#${app.app.firstToken}`,
  )
  return { ...app, move, cast, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

let city: Awaited<ReturnType<typeof stage>>
let desk: ReturnType<typeof followRecords>
/** Told once, before the official's open page. */
let tale: Tale
let before = 0

beforeAll(async () => {
  city = await stage()
  const { cast, origin, move } = city
  desk = followRecords(origin, { since: 0 }, cast.official.headers())
  await vi.waitUntil(() => desk.records.length === 3, soon)
  before = desk.live
  const heard = async ({ seq }: { seq: number }) =>
    void (await vi.waitUntil(() => desk.at === seq, soon))
  tale = await tell({ origin, move, heard }, cast)
})
afterAll(async () => {
  desk[Symbol.dispose]()
  await city[Symbol.asyncDispose]()
})

test('an appointed observer’s flag on a moving number goes the whole way, and everybody can follow it', async () => {
  const told = desk.records.slice(-tale.acts.length)
  expect(told.map(({ kind }) => kind)).toEqual([
    'flag.opened',
    'flag.acknowledged',
    'flag.answered',
    'flag.disputed',
    'flag.settled',
    'suggestion.submitted',
    'suggestion.reviewed',
    'suggestion.adopted',
    'suggestion.implemented',
  ])
  expect(told.map(({ seq }) => seq)).toEqual(tale.acts.map(({ seq }) => seq))
  expect(desk.live - before).toBe(tale.acts.length)
  expect(desk.faults).toEqual([])

  const { body: flag } = await city.cast.observer.ask<{ flag: object }>(`/flags/${tale.flag}`)
  expect(flag.flag).toMatchObject({ state: 'settled', settledFor: 'observer', agency: 'PWD' })
  expect((await checkActs(city.sql)).differences).toEqual([])
})

test('from the number, the flag, the suggestion and the work order alike the whole way is seen', async () => {
  const { origin } = city
  const { flag, suggestion, evidence, acts } = tale
  const idOf = (kind: string) => acts.find((act) => act.kind === kind)!.id
  const [answer, decision] = [idOf('flag.answered'), idOf('suggestion.adopted')]
  const way = [
    `evidence:${evidence}`,
    `flag:${flag}`,
    `answer:${answer}`,
    `suggestion:${suggestion}`,
    `decision:${decision}`,
    `implementation:${idOf('suggestion.implemented')}`,
    `rule:Night work ${flag} §2`,
    `work-order:WO-${flag}`,
  ]
  // The rule was named beside the work order: it is no part of how that came about.
  const toWorkOrder = way.filter((id) => !id.startsWith('rule:'))
  const starts = { [way[0]!]: way, [way[1]!]: way, [way[3]!]: way, [way.at(-1)!]: toWorkOrder }
  for (const [start, whole] of Object.entries(starts)) {
    const answer = await fetch(`${origin}/api/v1/trace/${encodeURIComponent(start)}`)
    const { nodes } = (await answer.json()) as { nodes: { id: string }[] }
    expect(
      nodes.map(({ id }) => id),
      start,
    ).toEqual(expect.arrayContaining(whole))
  }

  const { records } = await json<{ records: { id: number }[] }>(
    city.get(`/api/v1/records?limit=${acts.length}`),
  )
  expect(records.map(({ id }) => id)).toEqual(acts.map(({ id }) => id).reverse())
  const feed = await (await city.get('/feed.atom')).text()
  expect(feed.match(/<entry[ >]/g)).toHaveLength(acts.length)
  expect(feed).toContain('旧城的路灯')
})

test('I9: whose appointment is revoked acts no more at once, leaves no evidence, and loses the socket within 5 s', async () => {
  const { cast, origin } = city
  const { observer, secretariat, appointment } = cast
  using follower = followRecords(origin, { since: 0 }, observer.headers())
  await expect.poll(() => follower.pages.length).toBeGreaterThan(0)
  await city.move()
  const claim = await claimed(observer)
  const kept = () => city.db.selectFrom('evidence').select('hash').orderBy('hash').execute()
  const before = await kept()

  await secretariat.insist(`/appointments/${appointment}/revocation`, {
    reason: 'The term is over.',
  })

  const late = await observer.act('/flags', flagging(claim))
  expect(late.status).toBe(403)
  expect(late.body.error).toContain('revoked')
  const idea = { ...suggesting(tale.flag), claims: [claim] }
  expect((await observer.act('/suggestions', idea)).status).toBe(403)
  expect(await kept()).toEqual(before)
  await expect.poll(() => follower.socket.connected, { timeout: 5000 }).toBe(false)
  expect(follower.outs).toEqual([{ reason: 'appointment' }])
  expect((await observer.ask('/appointments/mine')).status).toBe(200)
})
