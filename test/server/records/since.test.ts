import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Since } from '#shared/records.ts'
import { actSeqs } from '../../support/act-on.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { followRecords } from '../../support/follow-records.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let people = 0

beforeAll(async () => void (app = await actingApp()))
afterAll(() => app[Symbol.asyncDispose]())

/** The seq of another act. */
async function another(): Promise<number> {
  const { body } = await app.act('ines', '/api/v1/appointments', appointing(`person ${people++}`))
  return body.act.seq
}

/** Somebody who was told everything until now. */
async function knowing() {
  const all = await actSeqs(app.db)
  const follower = followRecords(app.origin)
  await expect.poll(() => follower.seqs()).toEqual(all)
  return follower
}

test.each([
  ['a fraction', 1.5],
  ['less than nothing', -1],
  ['beyond all numbers', 1e300],
  ['beyond what can be counted', 2 ** 53],
  ['text', '1'],
  ['an object', { $gt: 0 }],
  ['a list', [1]],
  ['true', true],
])('I11: a since that is %s is refused at the door and on asking, in words', async (_, since) => {
  using follower = followRecords(app.origin, { since: since as number })
  await expect.poll(() => follower.refusal).not.toBe('')
  expect(follower.pages).toEqual([])

  using sound = await knowing()
  const refusal = await sound.socket.emitWithAck('records:follow', { since: since as number })
  expect(refusal).toMatchObject({ error: expect.any(String), path: 'since' })
  expect(sound.socket.connected).toBe(true)
})

test.each([
  ['ahead of the head', { since: 900 }],
  ['of another past', { since: 1, mark: '0000000000000000' }],
])('a since %s begins anew, and says so', async (_, since: Since) => {
  using witness = await knowing()
  const seq = witness.at
  using follower = followRecords(app.origin, since)
  await expect.poll(() => follower.pages.length).toBe(1)

  expect(follower.pages[0]).toEqual({
    after: seq,
    records: [],
    more: false,
    start: { seq, mark: witness.mark },
    isAnew: true,
  })
  const next = await another()
  await expect.poll(() => follower.seqs()).toEqual([next])
  expect(follower.faults).toEqual([])
})

test('who asks for no place, or for NaN, is told what happens from now on', async () => {
  using witness = await knowing()
  using follower = followRecords(app.origin, { since: NaN })
  await expect.poll(() => follower.pages.length).toBe(1)

  expect(follower.pages[0]).toMatchObject({ start: { seq: witness.at }, records: [] })
  expect(follower.pages[0]).not.toHaveProperty('isAnew')
})

test('who asks again on the same socket is told everything after that place, once', async () => {
  using follower = followRecords(app.origin)
  for (let times = 0; times < 3; times++) await another()
  const all = await actSeqs(app.db)
  await expect.poll(() => follower.seqs()).toEqual(all)
  const since = all.at(-3)!
  follower.records.splice(-2)
  follower.at = since
  expect(await follower.socket.emitWithAck('records:follow', { since })).toBeUndefined()

  expect(follower.seqs()).toEqual(all)
  expect(follower.faults).toEqual([])
})

test('who follows no records is told none', async () => {
  using witness = await knowing()
  using follower = followRecords(app.origin, {})
  const next = await another()
  await expect.poll(() => witness.seqs().at(-1)).toBe(next)

  expect(follower.socket.connected).toBe(true)
  expect([follower.pages, follower.records]).toEqual([[], []])
})
