import { expect, test } from 'vitest'
import type { Since } from '#shared/records.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { followRecords } from '../../support/follow-records.ts'

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
  await using app = await actingApp()
  using follower = followRecords(app.origin, { since: since as number })
  await expect.poll(() => follower.refusal).not.toBe('')
  expect(follower.pages).toEqual([])

  using sound = followRecords(app.origin)
  await expect.poll(() => sound.seqs()).toEqual([1])
  const refusal = await sound.socket.emitWithAck('records:follow', { since: since as number })
  expect(refusal).toMatchObject({ error: expect.any(String), path: 'since' })
  expect(sound.socket.connected).toBe(true)
})

test.each([
  ['ahead of the head', { since: 900 }],
  ['of another past', { since: 1, mark: '0000000000000000' }],
])('a since %s begins anew, and says so', async (_, since: Since) => {
  await using app = await actingApp()
  using witness = followRecords(app.origin)
  await expect.poll(() => witness.seqs()).toEqual([1])
  using follower = followRecords(app.origin, since)
  await expect.poll(() => follower.pages.length).toBe(1)

  expect(follower.pages[0]).toEqual({
    after: 1,
    records: [],
    more: false,
    start: { seq: 1, mark: witness.mark },
    isAnew: true,
  })
  const { body } = await app.act('ines', '/api/v1/appointments', appointing('mei'))
  await expect.poll(() => follower.seqs()).toEqual([body.act.seq])
  expect(follower.faults).toEqual([])
})

test('who asks for no place, or for NaN, is told what happens from now on', async () => {
  await using app = await actingApp()
  using witness = followRecords(app.origin)
  await expect.poll(() => witness.seqs()).toEqual([1])
  using follower = followRecords(app.origin, { since: NaN })
  await expect.poll(() => follower.pages.length).toBe(1)

  expect(follower.pages[0]).toMatchObject({ start: { seq: 1 }, records: [] })
  expect(follower.pages[0]).not.toHaveProperty('isAnew')
})

test('who asks again on the same socket is told everything after that place, once', async () => {
  await using app = await actingApp()
  using follower = followRecords(app.origin)
  for (const person of ['mei', 'bao', 'noor']) {
    await app.act('ines', '/api/v1/appointments', appointing(person))
  }
  await expect.poll(() => follower.seqs()).toEqual([1, 2, 3, 4])
  follower.records.splice(2)
  follower.at = 2
  expect(await follower.socket.emitWithAck('records:follow', { since: 2 })).toBeUndefined()

  expect(follower.seqs()).toEqual([1, 2, 3, 4])
  expect(follower.faults).toEqual([])
})

test('who follows no records is told none', async () => {
  await using app = await actingApp()
  using witness = followRecords(app.origin)
  using follower = followRecords(app.origin, {})
  await app.act('ines', '/api/v1/appointments', appointing('mei'))
  await expect.poll(() => witness.seqs()).toEqual([1, 2])

  expect(follower.socket.connected).toBe(true)
  expect([follower.pages, follower.records]).toEqual([[], []])
})
