import { expect, test } from 'vitest'
import { DAY } from '#shared/time.ts'
import { consultationCalled, draftsOf } from '../../../server/consultations/consultation-queries.ts'
import type { Db } from '../../../server/db/connect.ts'
import { planOf } from '../../../server/demo/consultations/comment-of.ts'
import { nightFerry } from '../../../server/demo/consultations/night-ferry.ts'
import { countTold } from '../../../server/demo/consultations/queries.ts'
import { openTalk } from '../../../server/demo/consultations/talk.ts'
import { openCanvass } from '../../../server/demo/polls/canvass.ts'
import { nightEconomy } from '../../../server/demo/polls/night-economy.ts'
import { openPortal } from '../../../server/demo/portal.ts'
import { roundOf } from '../../../server/demo/rounds.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { pollCalled } from '../../../server/polls/poll-queries.ts'
import { freshDatabase } from '../../support/database.ts'

/** As few as show it. */
const ferry = { ...nightFerry, every: 20_000 }
const night = { ...nightEconomy, every: 20_000 }
const never = new AbortController().signal

const stored = async (db: Db, code: string) => {
  const row = (await consultationCalled(db, code))!
  const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
  return { ...row, drafts: drafts.map(({ number }) => number) }
}

test('a city that was founded two months ago has adopted what it asked and asks again, over a stop', async () => {
  await using database = await freshDatabase()
  const { db } = database
  await using intake = Object.assign(await openIntake({ db }), {
    [Symbol.asyncDispose]: () => intake.close(),
  })
  const foundedAt = Math.floor(Date.now() / DAY) * DAY - 65 * DAY
  const told = async (asked: typeof ferry, from: number, now: number) => {
    await (await openTalk(db, intake, { now: from, asked: [asked] })).tellDue(now, never)
    await (await openCanvass(db, intake, { now: from, asked: [night] })).tellDue(now, never)
  }

  await told(ferry, foundedAt, foundedAt)
  expect(await stored(db, 'night-ferry')).toMatchObject({ outcome: null, drafts: [1, 2] })
  expect(await consultationCalled(db, 'night-ferry-2')).toBeUndefined()
  // Of one article a clause alone changed.
  const [, next] = await draftsOf(db, (await consultationCalled(db, 'night-ferry'))!.id)
  expect(next!.matches).toContainEqual({ kind: 'kept', before: ['3'], after: ['3'] })
  expect(next!.matches).toContainEqual({ kind: 'changed', before: ['3.2'], after: ['3.2'] })

  await told(ferry, foundedAt + 20 * DAY, Date.now())
  const first = await stored(db, 'night-ferry')
  expect(first).toMatchObject({ version: 4, drafts: [1, 2, 3] })
  expect(first.outcome?.laws).toEqual(ferry.outcome!.laws)
  const second = await stored(db, 'night-ferry-2')
  expect(second).toMatchObject({ outcome: null, drafts: [1, 2] })
  expect(second.titles).toEqual({
    en: 'Night ferry and harbour noise rules (round 2)',
    zh: '夜间渡轮与港口噪声规则（第2轮）',
  })
  expect(second.opensAt - first.opensAt).toBe(60 * DAY)
  expect(second.closesAt).toBeGreaterThan(Date.now())

  const { sourceId } = await openPortal(db, intake)
  for (const number of [1, 2]) {
    const round = roundOf(ferry, first.opensAt, number)
    const due = planOf(ferry, round).times.filter((at) => at <= Date.now()).length
    expect(await countTold(db, sourceId, round.code)).toBe(due)
    expect(due).toBeGreaterThan(10)
  }
  const [one, two] = [
    await pollCalled(db, 'city-at-night'),
    await pollCalled(db, 'city-at-night-2'),
  ]
  expect(one!.closesAt).toBe(two!.opensAt)
  expect(await pollCalled(db, 'city-at-night-3')).toBeUndefined()
})
