import { afterAll, beforeAll, expect, test } from 'vitest'
import { actingApp, appointing } from '../../support/asker.ts'
import { followRecords } from '../../support/follow-records.ts'

const PATH = '/api/v1/appointments'
let app: Awaited<ReturnType<typeof actingApp>>

beforeAll(async () => void (app = await actingApp()))
afterAll(() => app[Symbol.asyncDispose]())

async function appoint(person: string): Promise<number> {
  const { status, body } = await app.act('ines', PATH, appointing(person))
  expect(status).toBe(201)
  return body.act.seq
}

test('an act arrives as a record at an open socket, and says what everybody may know of it', async () => {
  using follower = followRecords(app.origin)
  await expect.poll(() => follower.seqs()).toEqual([1])
  const seq = await appoint('mei')

  await expect.poll(() => follower.seqs()).toEqual([1, seq])
  expect(follower.records[1]).toEqual({
    seq,
    mark: expect.stringMatching(/^[\da-f]{16}$/),
    after: 1,
    kind: 'appointment.made',
    body: {
      subject: expect.stringMatching(/^appointment:\d+$/),
      version: 1,
      at: expect.any(Number),
      by: { appointment: app.first, name: 'Secretariat', role: 'secretariat' },
      openedBy: app.first,
      area: null,
      category: null,
    },
  })
  expect(follower.live).toBeGreaterThan(0)
  expect(follower.faults).toEqual([])
})

test('who comes back is told what was missed, and goes on live', async () => {
  using witness = followRecords(app.origin)
  using follower = followRecords(app.origin)
  const before = await appoint('bao')
  await expect.poll(() => follower.at).toBe(before)
  follower.socket.disconnect()
  const live = follower.live
  const missed = [await appoint('noor'), await appoint('sam')]
  await expect.poll(() => witness.at).toBe(missed[1])
  follower.socket.connect()

  await expect.poll(() => follower.at).toBe(missed[1])
  expect(follower.live).toBe(live)
  const later = await appoint('kim')
  await expect.poll(() => follower.at).toBe(later)
  expect(follower.seqs()).toEqual(Array.from({ length: later }, (_, i) => i + 1))
  expect(follower.faults).toEqual([])
})
