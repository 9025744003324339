import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../../support/app.ts'
import { followRecords } from '../../support/follow-records.ts'
import { visitors } from '../../support/visitors.ts'

const people = visitors()
const { headers } = people
let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => void (app = await runningApp(people)))
afterAll(() => app[Symbol.asyncDispose]())

const open = (person: string, session: string) =>
  followRecords(app.origin, { since: 0 }, headers(person, session))

test('I9: whose session ends loses every socket of it within 5 s, is told why, and nobody else does', async () => {
  using one = open('mei', 'a')
  using two = open('mei', 'a')
  using elsewhere = open('mei', 'b')
  using other = open('bao', 'c')
  using nobody = followRecords(app.origin)
  const all = [one, two, elsewhere, other, nobody]
  await expect.poll(() => all.every(({ pages }) => pages.length > 0)).toBe(true)
  people.endSession('a')

  await expect
    .poll(() => [one, two].some(({ socket }) => socket.connected), { timeout: 5000 })
    .toBe(false)
  expect([one.outs, two.outs]).toEqual([[{ reason: 'session' }], [{ reason: 'session' }]])
  expect([elsewhere, other, nobody].map(({ socket }) => socket.connected)).toEqual([
    true,
    true,
    true,
  ])
})

test('I9: whose last appointment ends loses every socket at once, and may come back as who they are', async () => {
  using one = open('noor', 'd')
  using two = open('noor', 'e')
  using other = open('bao', 'f')
  await expect.poll(() => [one, two, other].every(({ pages }) => pages.length > 0)).toBe(true)
  people.endAppointments('noor')

  await expect.poll(() => one.socket.connected || two.socket.connected).toBe(false)
  expect([one.outs, two.outs]).toEqual([[{ reason: 'appointment' }], [{ reason: 'appointment' }]])
  expect(other.socket.connected).toBe(true)
  one.socket.connect()
  await expect.poll(() => one.pages.length).toBe(2)
})

test('which sessions last is asked in one question for all of them', async () => {
  const followers = Array.from({ length: 20 }, (_, i) => open(`p${i}`, `s${i % 10}`))
  await expect.poll(() => people.asked.at(-1), { timeout: 8000 }).toBeGreaterThanOrEqual(10)
  const before = people.asked.length
  await new Promise((resolve) => setTimeout(resolve, 6500))

  expect(people.asked.length - before).toBeLessThanOrEqual(3)
  for (const { socket } of followers) socket.disconnect()
})

test('a page of another site gets no socket, whoever is signed in', async () => {
  using foreign = followRecords(
    app.origin,
    { since: 0 },
    { ...headers('mei', 'g'), origin: 'https://elsewhere.example' },
  )

  await expect.poll(() => foreign.refusal).not.toBe('')
  expect(foreign.pages).toEqual([])
})
