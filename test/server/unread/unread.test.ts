import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST, none, readAll, type Unread } from '#shared/unread.ts'
import { runningApp } from '../../support/app.ts'
import { personInHeader } from '../../support/asker.ts'
import { followRecords } from '../../support/follow-records.ts'
import { visitors } from '../../support/visitors.ts'

const people = visitors()
let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => void (app = await runningApp({ ...people, personOf: personInHeader })))
afterAll(() => app[Symbol.asyncDispose]())

const told = (seq: number) => ({ seq, subject: `flag:${seq}`, kind: 'flag.answered', why: 'own' })
const knowing = (...seqs: number[]) =>
  ({ ...none, at: { seq: seqs.at(-1)!, mark: 'ab' }, told: seqs.map(told) }) as Unread

async function keep(as: string | undefined, known: object) {
  const answer = await app.get('/api/v1/unread', {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...(as && { 'x-person': as }) },
    body: JSON.stringify(known),
  })
  return { status: answer.status, body: (await answer.json()) as { unread: Unread; path: string } }
}

test('what devices know is kept of each person by itself, and nothing that was read comes back', async () => {
  await keep('mei', { ...readAll(knowing(3, 5)), looked: 40 })
  await keep('bao', knowing(7))
  const { unread } = (await keep('mei', knowing(3, 5, 9))).body

  expect(unread).toEqual({ ...knowing(3, 5, 9), readUpTo: 5, looked: 40 })
  expect((await keep('bao', none)).body.unread).toEqual(knowing(7))
})

test('however many devices tell at once, all that each of them read is kept', async () => {
  const subjects = Array.from({ length: 20 }, (_, i) => i + 1)
  const known = knowing(...subjects)
  await Promise.all(
    subjects.map((seq) => keep('olu', { ...known, read: { [`flag:${seq}`]: seq } })),
  )

  const { unread } = (await keep('olu', none)).body
  expect(Object.keys(unread.read)).toHaveLength(20)
})

test('a device is told within seconds what another one read, and nobody else is', async () => {
  await keep('noor', knowing(3))
  using one = followRecords(app.origin, { since: 0 }, people.headers('noor', 'a'))
  using other = followRecords(app.origin, { since: 0 }, people.headers('bao', 'b'))
  using board = followRecords(app.origin, {}, people.headers('noor', 'a'))
  const heard = [one, other, board].map(({ socket }) => {
    const all: Unread[] = []
    socket.on('unread', (unread) => void all.push(unread))
    return all
  })
  await expect.poll(() => heard[0]!.at(-1)).toEqual(knowing(3))
  await keep('noor', readAll(knowing(3)))

  await expect.poll(() => heard[0]!.at(-1)?.readUpTo, { timeout: 5000 }).toBe(3)
  using late = followRecords(app.origin, { since: 0 }, people.headers('noor', 'c'))
  const caughtUp = new Promise((resolve) => late.socket.once('unread', resolve))
  expect(await caughtUp).toMatchObject({ readUpTo: 3 })
  expect(heard[0]).toHaveLength(2)
  expect(heard[1]!.every(({ at }) => at?.seq === 7)).toBe(true)
  expect(heard[2]).toEqual([])
})

test.each([
  ['nobody', undefined, none, 401],
  ['half of it', 'mei', { ...none, looked: undefined }, 400],
  ['more than is kept', 'mei', knowing(...Array(MOST + 1).keys()), 400],
  ['less than nothing', 'mei', { ...none, readUpTo: -1 }, 400],
  ['what is no seq', 'mei', { ...none, past: 2 ** 53 }, 400],
  ['a subject that is none', 'mei', { ...none, read: { 'flag:<b>': 1 } }, 400],
  ['something else besides', 'mei', { ...none, person: 'bao' }, 400],
])('I11: %s is refused, and what is kept stays', async (_, as, known, status) => {
  const before = (await keep('mei', none)).body
  expect((await keep(as, known)).status).toBe(status)
  expect((await keep('mei', none)).body).toEqual(before)
})

test('I11: subjects that nobody was told of do not heap up', async () => {
  for (const noun of ['a', 'b', 'c']) {
    const read = Object.fromEntries(Array.from({ length: MOST }, (_, n) => [`${noun}:${n}`, 900]))
    await keep('uma', { ...knowing(3), read })
  }
  const { read } = (await keep('uma', none)).body.unread
  expect(Object.keys(read).length).toBeLessThanOrEqual(MOST)
})
