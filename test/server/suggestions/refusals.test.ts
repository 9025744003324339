import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { city, suggestion } from '../../support/suggesting.ts'

const PATH = '/api/v1/suggestions'
let app: Awaited<ReturnType<typeof city>>

beforeAll(async () => void (app = await city()))
afterAll(() => app[Symbol.asyncDispose]())

const because = { reason: 'It is so.' }

const wrong: [form: object, path: string, error: string][] = [
  [{ title: ' ' }, 'title', 'must not be empty'],
  [{ text: 'x'.repeat(10_001) }, 'text', 'must have 10000 characters at most'],
  [{ why: 'a\0b' }, 'why', 'must not contain NUL or half of a character'],
  [{ target: 'planet' }, 'target', 'must be one of policy, rule, service, place'],
  [{ language: 'Klingon!' }, 'language', 'must be a language such as zh-TW'],
  [{ area: 'atlantis' }, 'area', 'There is no area called atlantis.'],
  [{ flags: [3, 3] }, 'flags', 'must name each once'],
  [{ attachments: ['abc'] }, 'attachments.0', 'must be 64 digits of a SHA-256'],
  [{ flags: [77] }, 'flags.0', 'There is no flag 77.'],
  [{ evidence: ['a'.repeat(64)] }, 'evidence.0', 'There is no such evidence.'],
]

test('a form is refused beside the field that is wrong, and nothing is submitted', async () => {
  for (const [rest, path, error] of wrong) {
    const answer = await app.act('mei', PATH, suggestion(rest))
    expect(answer).toMatchObject({ status: 400, body: { path, error } })
  }
  expect((await app.ask(PATH)).body.suggestions).toEqual([])
})

test('only observers in whose jurisdiction the place lies submit and endorse', async () => {
  const id = await app.submit('mei')

  expect((await app.act(undefined, PATH, suggestion())).status).toBe(401)
  expect((await app.act('paul', PATH, suggestion())).status).toBe(403)
  expect(await app.act('hana', PATH, suggestion())).toMatchObject({
    status: 403,
    body: { error: 'This is about an area that is not in your jurisdiction.' },
  })
  expect((await app.act('hana', PATH, suggestion({ area: null }))).status).toBe(201)
  expect((await app.act('hana', PATH, suggestion({ area: 'old-town' }))).status).toBe(201)
  expect((await app.act('hana', `${PATH}/${id}/endorsements`, {})).status).toBe(403)
  expect((await app.act('paul', `${PATH}/${id}/endorsements`, {})).status).toBe(403)
})

test('only officials of its agency and the secretariat answer a suggestion', async () => {
  const id = await app.submit('mei')
  const orphan = await app.submit('mei', { agency: null })
  const status = async (as: string, of: number) =>
    (await app.act(as, `${PATH}/${of}/review`, {})).status

  expect(await status('mei', id)).toBe(403)
  expect(await status('olga', id)).toBe(403)
  expect(await status('paul', orphan)).toBe(403)
  expect(await status('ines', orphan)).toBe(200)
  expect(await status('paul', id)).toBe(200)
})

test('a suggestion that was transferred is the other agency’s to answer, and its author’s to withdraw', async () => {
  const id = await app.submit('mei')
  const at = `${PATH}/${id}`

  const unknown = await app.act('paul', `${at}/transfer`, { agency: 'NSA', ...because })
  expect(unknown.body).toMatchObject({
    path: 'agency',
    code: 'unknown-name',
    error: 'There is no agency called NSA.',
  })
  const moved = await app.act('paul', `${at}/transfer`, { agency: 'Parks', ...because })
  expect(moved.body.suggestion).toMatchObject({ agency: 'Parks', state: 'submitted' })
  expect((await app.act('olga', `${at}/transfer`, { agency: 'Parks', ...because })).status).toBe(
    409,
  )
  expect((await app.act('paul', `${at}/review`, {})).status).toBe(403)
  const { acts } = (await app.ask(at)).body
  expect(acts.at(-1)).toMatchObject({ agency: 'PWD', body: { agency: 'Parks' }, texts: because })
  expect((await app.act('tariq', `${at}/withdrawal`, because)).status).toBe(403)
  const gone = await app.act('mei', `${at}/withdrawal`, because)
  expect(gone.body.suggestion).toMatchObject({ state: 'withdrawn', isLate: false, dueBy: null })
})

test('what is out of its order is refused with the stage it is in', async () => {
  const at = `${PATH}/${await app.submit('mei')}`
  const paul = (path: string, body: object = because) => app.act('paul', `${at}/${path}`, body)
  const done = { ...because, links: [{ kind: 'clause', to: 'clause:4' }] }

  expect((await paul('adoption')).body).toEqual({
    code: 'suggestion.stage',
    error: 'The suggestion is submitted: for this it must be under-review.',
  })
  expect((await paul('review', {})).status).toBe(200)
  expect((await paul('review', {})).status).toBe(409)
  expect((await app.act('mei', `${at}/withdrawal`, because)).status).toBe(409)
  expect((await paul('implementation', done)).status).toBe(409)
  const called = { kind: 'work-order', to: 'WO-1811-27, +1 617 555 0123' }
  expect((await paul('adoption', { ...because, links: [...done.links, called] })).body).toEqual({
    code: 'field.contact',
    path: 'links.1',
    error: expect.stringContaining('for ever'),
  })
  expect((await paul('partial-adoption', {})).body.path).toBe('reason')
  expect((await paul('partial-adoption')).body.suggestion.state).toBe('partly')
  expect((await paul('refusal')).status).toBe(409)
  expect((await paul('transfer', { agency: null, ...because })).status).toBe(409)
  expect((await paul('implementation', because)).body.path).toBe('links')
  expect((await paul('implementation', { ...because, links: [] })).body.path).toBe('links')
  expect((await paul('implementation', done)).body.error).toBe(
    'Show that it changed: with evidence or a file.',
  )
  expect((await app.act('tariq', `${at}/endorsements`, {})).status).toBe(409)
})

test('a declined suggestion tells why', async () => {
  const at = `${PATH}/${await app.submit('mei')}`
  await app.act('paul', `${at}/review`, {})
  const { body } = await app.act('paul', `${at}/refusal`, { reason: 'There is no money.' })
  expect(body.suggestion).toMatchObject({ state: 'declined', reason: 'There is no money.' })
})

test('an endorsement is told with its note under the name of the register, once, until it is taken back', async () => {
  const at = `${PATH}/${await app.submit('mei')}`
  const note = 'I fell there. Write to me: heron@example.org'

  expect((await app.act('mei', `${at}/endorsements`, {})).status).toBe(403)
  expect((await app.act('tariq', `${at}/endorsements`, { note })).status).toBe(200)
  expect((await app.act('tariq', `${at}/endorsements`, {})).status).toBe(409)
  const { body } = await app.ask(at)
  expect(body.suggestion.endorsements).toBe(1)
  expect(body.endorsements).toEqual([
    {
      observer: { id: app.appointments.tariq, name: 'Heron' },
      at: expect.any(String),
      note: 'I fell there. Write to me: •••',
      withheld: null,
    },
  ])
  expect(JSON.stringify(body)).not.toMatch(/tariq|example\.org/)

  const taken = await app.act('tariq', `${at}/unendorsement`, {})
  expect(taken.body.suggestion.endorsements).toBe(0)
  expect((await app.act('tariq', `${at}/unendorsement`, {})).status).toBe(409)
})

test('a form that is sent twice makes one suggestion', async () => {
  const key = randomUUID()
  const send = () => app.act('mei', PATH, suggestion(), key)

  const before = (await app.ask(PATH)).body.suggestions.length
  const answers = await Promise.all([send(), send(), send()])

  expect(new Set(answers.map(({ body }) => body.suggestion.id)).size).toBe(1)
  expect(answers.filter(({ body }) => !body.isRepeated)).toHaveLength(1)
  expect((await app.ask(PATH)).body.suggestions).toHaveLength(before + 1)
  expect((await app.post(PATH, suggestion(), { 'x-person': 'mei' })).status).toBe(400)
})

test('who saw another version than the newest changes nothing', async () => {
  const at = `${PATH}/${await app.submit('mei')}`
  await app.act('tariq', `${at}/endorsements`, {})

  const late = await app.act('paul', `${at}/review`, { version: 1 })
  expect(late).toMatchObject({ status: 409, body: { path: 'version' } })
  expect((await app.act('paul', `${at}/review`, { version: 2 })).status).toBe(200)
})

test('a suggestion that is not there is a 404, to who reads and to who acts', async () => {
  expect((await app.ask(`${PATH}/99999`)).status).toBe(404)
  expect((await app.ask(`${PATH}/x%00y`)).status).toBe(404)
  expect((await app.act('ines', `${PATH}/99999/review`, {})).status).toBe(404)
})
