import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '#shared/time.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'
import type { Told } from '../../support/told.ts'

let app: FlagApp

beforeAll(async () => void (app = await flagApp()))
afterAll(() => app[Symbol.asyncDispose]())

const actOf = ({ act }: Told['outcomes'][number]) => act?.id

test('the same key does an act once, however often it is sent, and also at once', async () => {
  const key = randomUUID()
  const sent = await Promise.all([1, 2, 3].map(() => app.flagAct('mei', '', app.flagging(), key)))
  expect(new Set(sent.map(({ body }) => body.act.id)).size).toBe(1)
  expect((await app.read('')).body.flags).toHaveLength(1)
  const { id } = sent[0]!.body.flag
  const again = await app.flagAct('mei', `/${id}/withdrawal`, { reason: 'a' }, key)
  expect([again.status, again.body.error]).toEqual([409, expect.stringContaining('make a new one')])
})

test('who saw an older version changes nothing', async () => {
  const id = await app.opened()
  await app.flagAct('olga', `/${id}/acknowledgement`, { version: 1 })
  const late = await app.flagAct('olga', `/${id}/answer`, { text: 'Done.', version: 1 })
  expect(late).toMatchObject({ status: 409, body: { path: 'version' } })
  expect((await app.flagOf(id)).state).toBe('acknowledged')
})

test('a flag that is transferred keeps its deadline, and how often it was is told', async () => {
  const id = await app.opened()
  const before = await app.flagOf(id)
  await app.flagAct('olga', `/${id}/acknowledgement`)
  const path = `/${id}/transfer`
  const there = await app.flagAct('olga', path, { to: 'PWD', reason: 'Why not.' })
  expect([there.status, there.body.error]).toEqual([409, 'The flag is with them already.'])

  await app.flagAct('olga', path, { to: 'Parks', reason: 'It is a park.' })
  expect((await app.flagAct('olga', `/${id}/answer`, { text: 'a' })).status).toBe(403)
  await app.flagAct('pavel', path, { to: null, reason: 'It is nobody’s.' })
  const own = await app.flagAct('pavel', `/${id}/answer`, { text: 'a' })
  expect(own.body.error).toMatch('an agency that is not in your jurisdiction')
  await app.flagAct('ines', path, { to: 'PWD', reason: 'It is theirs.' })

  const now = await app.flagOf(id)
  expect(now).toMatchObject({ agency: 'PWD', state: 'open', transfers: 3 })
  expect(now.deadlines.answer!.by).toBe(before.deadlines.answer!.by)
  expect(now.place).toEqual({ agency: 'PWD' })
  const { acts } = (await app.read(`/${id}`)).body
  expect(
    acts.slice(2).map(({ body, texts }) => ['to' in body && body.to, texts.reason?.text]),
  ).toEqual([
    ['Parks', 'It is a park.'],
    [null, 'It is nobody’s.'],
    ['PWD', 'It is theirs.'],
  ])
})

test('who answers late is late for ever, and it was seen before', async () => {
  const id = await app.opened()
  await app.age(id, 60 * DAY)
  expect(await app.flagOf(id)).toMatchObject({ late: true, deadlines: { answer: { late: true } } })
  await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  await app.flagAct('mei', `/${id}/acceptance`)
  expect(await app.flagOf(id)).toMatchObject({
    state: 'accepted',
    late: true,
    deadlines: { answer: { late: true, doneAt: expect.any(String) } },
  })
  expect((await app.read('?late=true')).body.flags).toHaveLength(1)
  const missed = (as: string) => app.ask<object>('/api/v1/work/missed', as)
  expect((await missed('ines')).body).toEqual({ flags: 1, suggestions: 0 })
  expect((await missed('olga')).status).toBe(403)
})

test('who acknowledges late is told so by that deadline, and the flag itself is not late', async () => {
  const id = await app.opened()
  const { deadlines } = await app.flagOf(id)
  const { acknowledgement, answer } = deadlines
  // A moment between the two: it is late to acknowledge, and there is time to answer.
  const by = Date.parse(acknowledgement!.by)
  expect(by).toBeLessThan(Date.parse(answer!.by))
  await app.age(id, by + 1 - Date.now())
  await app.flagAct('olga', `/${id}/acknowledgement`)
  const { acts } = (await app.read(`/${id}`)).body
  expect(await app.flagOf(id)).toMatchObject({
    late: false,
    deadlines: {
      acknowledgement: { late: true, doneAt: acts.at(-1)!.at },
      answer: { late: false },
    },
  })
})

test('an answer on which its author says nothing is settled when the time for that is over', async () => {
  const id = await app.opened()
  await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  const settling = () => app.flagAct('ines', `/${id}/settlement`, { for: 'agency', text: 'It is.' })
  const early = await settling()
  expect([early.status, early.body.error]).toEqual([
    409,
    expect.stringContaining('may still accept'),
  ])
  await app.age(id, 60 * DAY)
  expect((await settling()).body.flag.state).toBe('settled')
})

test('an observer joins once, and not their own flag', async () => {
  const id = await app.opened()
  const joining = (as: string) =>
    app.flagAct(as, `/${id}/joining`, { text: 'Me too.', language: 'en' })
  expect((await joining('aki')).status).toBe(200)
  expect((await joining('aki')).body.error).toBe('You joined this flag already: add a note.')
  expect((await joining('mei')).body.error).toBe('You opened this flag yourself.')
  expect((await app.flagOf(id)).coObservers).toEqual([
    { appointment: expect.any(Number), name: 'The honourable aki' },
  ])
})

test('one answer to many flags is an act of each, and one that is not to be answered holds back no other', async () => {
  const ids = [await app.opened(), await app.opened(), await app.opened()]
  const other = await app.opened('mei', {
    claim: { kind: 'number', measure: 'open', about: { agency: app.ids.Parks } },
  })
  await app.flagAct('mei', `/${ids[1]}/withdrawal`, { reason: 'a' })
  const key = randomUUID()
  const form = { flags: [...ids, other, 999].map((id) => ({ id })), text: 'Two crews are out.' }
  const send = async () => (await app.flagAct('olga', '/answers', form, key)).body.outcomes

  const outcomes = await send()
  expect(outcomes.map(({ id, status }) => [id, status])).toEqual([
    [ids[0], 200],
    [ids[1], 409],
    [ids[2], 200],
    [other, 403],
    [999, 404],
  ])
  for (const { status, error } of outcomes) if (status !== 200) expect(error).toMatch(/\.$/)
  const again = await send()
  expect(again.map(actOf)).toEqual(outcomes.map(actOf))
  expect(again[0]!.isRepeated).toBe(true)
  expect((await app.read(`/${ids[0]}`)).body.acts).toHaveLength(2)

  const many = Array.from({ length: 201 }, (_, id) => ({ id: id + 1 }))
  expect((await app.flagAct('olga', '/answers', { ...form, flags: many })).body.path).toBe('flags')
  const twice = [{ id: ids[0] }, { id: ids[0] }]
  expect((await app.flagAct('olga', '/answers', { ...form, flags: twice })).body.path).toBe('flags')
})
