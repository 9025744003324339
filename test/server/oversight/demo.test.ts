import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, MINUTE } from '#shared/time.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { readConfig } from '../../../server/config.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import {
  allConsultations,
  consultationCalled,
} from '../../../server/consultations/consultation-queries.ts'
import { groupComments } from '../../../server/comment-groups/group-comments.ts'
import { Near } from '../../../server/comment-groups/near.ts'
import { openEvidenceDesk } from '../../../server/evidence/open-desk.ts'
import { Engine } from '../../../server/live/engine.ts'
import { createLog } from '../../../server/log.ts'
import { appointDemo } from '../../../server/oversight/appoint-demo.ts'
import { claimOf } from '../../../server/oversight/demo/claim.ts'
import { demoFlags } from '../../../server/oversight/demo/flags.ts'
import { actNow, EVERY } from '../../../server/oversight/demo/live.ts'
import { openDemoActs } from '../../../server/oversight/demo/open.ts'
import type { DemoFlag } from '../../../server/oversight/demo/tell-flags.ts'
import { demoReplies } from '../../../server/oversight/demo/replies.ts'
import { demoSuggestions } from '../../../server/oversight/demo/suggestions.ts'
import { dueIn, tellRounds } from '../../../server/oversight/demo/tell-rounds.ts'
import { demoRulings } from '../../../server/oversight/demo/rulings.ts'
import { standingIn } from '../../../server/replies/answered.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { loadMarks } from '../../../server/tickets/marks.ts'
import { runningApp } from '../../support/app.ts'
import { demoMonth } from '../../support/demo-month.ts'

const log = createLog('silent')
let city: Awaited<ReturnType<typeof foundedCity>>

beforeAll(async () => void (city = await foundedCity()), 120_000)
afterAll(() => city.close())

/** The demonstration city with a month of its past, and its people. */
async function foundedCity() {
  const database = await demoMonth()
  const { db, sql } = database
  const engine = await Engine.start({ db, sql, log, clock: 'database' })
  await appointDemo(db, engine.terms.directory)
  const desk = openEvidenceDesk({ db, sql, engine, markOf: await loadMarks(db) })
  return {
    ...database,
    desk,
    async close() {
      await engine.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** How many acts of each kind there are. */
async function counted(): Promise<Record<string, number>> {
  const rows = await city.sql`select kind, count(*)::int as n from act group by kind`
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
}

/** Of all that is answered in rounds, what is due so many days later. */
async function repliesDue(later = 0) {
  const opened = await allConsultations(city.db)
  return dueIn(opened, demoReplies, Date.now() + later * DAY).length
}

/** Those whose number or ticket is there to be seen: on some days nothing waits where one of them looks. */
async function flagsToTell(): Promise<DemoFlag[]> {
  const claims = await Promise.all(demoFlags.map(({ look }) => claimOf(city.desk, look)))
  const seen = demoFlags.filter((_, place) => claims[place] !== undefined)
  expect(seen.length).toBeGreaterThanOrEqual(demoFlags.length - 3)
  return seen
}

async function tellAll(): Promise<void> {
  const acts = openDemoActs({ desk: city.desk, log })
  await acts.told
  await acts.stop()
}

test('the demonstration’s people do all that is written of them, once, by the rules', async () => {
  await tellAll()
  const told = await counted()
  const flags = await flagsToTell()
  const steps = flags.reduce((sum, { then }) => sum + then.length, 0)
  const ofFlags = Object.entries(told).filter(([kind]) => kind.startsWith('flag.'))
  const ofSuggestions = Object.entries(told).filter(([kind]) => kind.startsWith('suggestion.'))
  const sum = (counts: [string, number][]) => counts.reduce((all, [, n]) => all + n, 0)
  expect(told['flag.opened']).toBeGreaterThanOrEqual(flags.length)
  expect(sum(ofFlags)).toBeGreaterThanOrEqual(flags.length + steps)
  // And what is done live at this time, and a ticket that was corrected for one.
  expect(sum(ofFlags)).toBeLessThanOrEqual(flags.length + steps + 2)
  expect([told['ticket.corrected'], told['flag.corrected']]).toEqual([1, 1])
  expect(sum(ofSuggestions)).toBe(
    demoSuggestions.reduce((all, { then }) => all + 1 + then.length, 0),
  )
  expect(told['suggestion.implemented']).toBe(1)
  expect(told['reply.answered']).toBe(await repliesDue())

  await tellAll()
  expect(await counted()).toEqual(told)

  // A letter is answered once it is known as one.
  const near = new Near()
  while (await groupComments(city.db, near)) {
    const [letters] = await city.sql`select max(comments) as n from comment_group`
    if (letters!.n > 100) break
  }
  await tellAll()
  await tellAll()
  expect((await counted())['reply.answered']).toBe((await repliesDue()) + 1)
  expect((await checkActs(city.sql)).differences).toEqual([])
}, 60_000)

test('what is asked is answered to the last article when its days have come, and what people added is decided about', async () => {
  const stage = { desk: city.desk, log, signal: new AbortController().signal }
  const done = new Set<string>()
  await tellRounds(stage, Date.now() + 60 * DAY, done)
  const told = await counted()
  expect(told['reply.answered']).toBe((await repliesDue(60)) + 1)
  expect(told['statement.moderated']).toBe(demoRulings.length)
  const open = await city.sql`
    select code from statement where poll in (select id from poll where code = 'city-at-night')
      and not is_published and reason is null`
  expect(open).toEqual([])
  const ferry = (await consultationCalled(city.db, 'night-ferry'))!
  const { directory } = city.desk.engine.terms
  const standing = await standingIn(city.db, [ferry], directory)
  expect(standing.get(ferry.id)!.open).toEqual([])
  await tellRounds(stage, Date.now() + 60 * DAY, new Set())
  expect(await counted()).toEqual(told)
}, 60_000)

test('each flag has evidence that was frozen when it was made, and is due as its text says', async () => {
  const rows = await city.sql`
    select act.at, evidence.at as frozen, act.body from act
    join evidence on encode(evidence.hash, 'hex') = act.body ->> 'evidence'
    where act.kind = 'flag.opened'`
  const flags = await flagsToTell()
  expect(rows.length).toBeGreaterThanOrEqual(flags.length)
  const soon = rows.filter(({ at, body }) => body.answerBy - at < 10 * MINUTE)
  expect(soon).toHaveLength(flags.filter(({ minutes }) => minutes !== undefined).length)
})

test('three times an hour somebody acts: a mover is flagged, acknowledged and answered, then accepted', async () => {
  const stage = { desk: city.desk, log, signal: new AbortController().signal }
  const hour = Math.ceil(Date.now() / (12 * EVERY)) * 12 * EVERY + 12 * EVERY
  const kinds: string[] = []
  for (let turn = 3; turn < 7; turn++) {
    const [before] = await city.sql`select max(id) as id from act`
    await actNow(stage, hour + turn * EVERY)
    const rows = await city.sql`select kind from act where id > ${before!.id} order by id`
    kinds.push(rows.map(({ kind }) => kind).join())
    await actNow(stage, hour + turn * EVERY)
  }
  expect(kinds.slice(0, 3)).toEqual(['flag.opened', 'flag.acknowledged', 'flag.answered'])
  expect(kinds[3]).toMatch(/^(flag\.accepted,)?flag\.opened$/)
})

test('in a city that is not the demonstration nobody of it is somebody, even while DEMO is on', async () => {
  const accounts = readConfig({}).accounts
  await using app = await runningApp({
    demo: true,
    accounts,
    prepare: (db) => insertPolicy(db, defaultPolicy),
  })
  const { demo } = (await (await app.get('/api/v1/account')).json()) as { demo: unknown[] }
  expect(demo).toEqual([])
  expect(await app.sql`select from appointment`).toEqual([])
  expect(app.app.firstToken).toBeDefined()
})
