import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { actingApp, appointing } from '../../support/asker.ts'

const PATH = '/api/v1/appointments'

let app: Awaited<ReturnType<typeof actingApp>>

beforeAll(async () => void (app = await actingApp()))
afterAll(() => app[Symbol.asyncDispose]())

const listed = async () => (await app.ask(PATH, 'ines')).body.appointments as { person: string }[]

test('the secretariat appoints an observer, whom the public register tells without the account', async () => {
  const made = await app.act('ines', PATH, appointing('mei', { isPseudonym: true, name: 'Heron' }))

  expect(made).toMatchObject({
    status: 201,
    body: {
      act: { kind: 'appointment.made', version: 1, seq: 2 },
      appointment: { person: 'mei', standing: 'current', version: 1 },
    },
  })
  const { body } = await app.ask('/api/v1/observers')
  expect(body.observers).toEqual([
    {
      id: made.body.appointment.id,
      name: 'Heron',
      isPseudonym: true,
      isNameChosen: false,
      title: 'Observer of public works',
      appointingBody: 'City Council',
      from: '2020-01-01',
      until: '2099-12-31',
      jurisdiction: { agencies: null, areas: null, categories: null },
      languages: ['en', 'zh-TW'],
      standing: 'current',
      withheld: {},
    },
  ])
})

const everyAct = ['renewal', 'suspension', 'resumption', 'revocation']
const bodyOf = (path: string) =>
  path === 'renewal'
    ? { until: '2100-06-30', instrument: 'CC-2', reason: 'It was decided.' }
    : { reason: 'It was decided.' }

test('only the secretariat appoints, renews, suspends, resumes and revokes', async () => {
  const { body } = await app.act('ines', PATH, appointing('noor'))
  await app.act('ines', PATH, appointing('olu', { role: 'official' }))
  const paths = [PATH, ...everyAct.map((path) => `${PATH}/${body.appointment.id}/${path}`)]

  for (const path of paths) {
    const form = path === PATH ? appointing('uma') : bodyOf(path.split('/').at(-1)!)
    expect(await app.act(undefined, path, form)).toEqual({
      status: 401,
      body: { error: 'Sign in first.', code: 'sign-in' },
    })
    expect((await app.act('stranger', path, form)).body.error).toMatch(/you have none/)
    for (const who of ['noor', 'olu']) {
      expect(await app.act(who, path, form)).toEqual({
        status: 403,
        body: { error: 'None of your appointments is for this.', code: 'appointment.role' },
      })
    }
  }
  expect((await app.ask(PATH)).status).toBe(401)
  expect((await app.ask(PATH, 'noor')).status).toBe(403)
  const people = (await listed()).map(({ person }) => person)
  expect(people).toEqual(['olu', 'noor', 'mei', 'ines'])
  const noted = await app.db.selectFrom('personalRead').select(['personId', 'what', 'of']).execute()
  expect(noted).toEqual([{ personId: 'ines', what: 'appointments', of: people }])
  expect((await app.ask(`${PATH}/mine`, 'noor')).body.appointments).toMatchObject([
    { person: 'noor', role: 'observer' },
  ])
})

test('nobody decides on an appointment of their own, nor gives themselves another', async () => {
  for (const path of everyAct) {
    expect((await app.act('ines', `${PATH}/${app.first}/${path}`, bodyOf(path))).status).toBe(403)
  }
  expect(await app.act('ines', PATH, appointing('ines', { role: 'official' }))).toEqual({
    status: 403,
    body: { error: 'Nobody decides on an appointment of their own.', code: 'appointment.own' },
  })
  const own = (await listed()).filter(({ person }) => person === 'ines')
  expect(own).toMatchObject([{ version: 1 }])
})

test('a renewal keeps the earlier term readable, and a revocation ends what may be done', async () => {
  const made = await app.act('ines', PATH, appointing('paul', { until: '2098-12-31' }))
  const at = `${PATH}/${made.body.appointment.id}`

  const { reason: _, ...unreasoned } = bodyOf('renewal')
  const refusal = await app.act('ines', `${at}/renewal`, unreasoned)
  expect(refusal).toMatchObject({ status: 400, body: { path: 'reason' } })
  await app.act('ines', `${at}/renewal`, bodyOf('renewal'))
  const mine = (await app.ask(`${PATH}/mine`, 'paul')).body.appointments
  expect(mine).toMatchObject([{ reason: 'It was decided.', instrument: 'CC-2' }])
  await app.act('ines', `${at}/suspension`, bodyOf('suspension'))
  const suspended = await app.act('ines', `${at}/suspension`, bodyOf('suspension'))
  await app.act('ines', `${at}/resumption`, bodyOf('resumption'))
  const resumed = await app.act('ines', `${at}/resumption`, bodyOf('resumption'))
  await app.act('ines', `${at}/revocation`, { reason: 'A matter of confidence.' })
  const afterwards = await app.act('ines', `${at}/renewal`, {
    until: '2110-01-01',
    instrument: 'X',
    reason: 'X',
  })

  for (const refused of [suspended, resumed, afterwards]) expect(refused.status).toBe(409)
  const { body } = await app.ask(`/api/v1/observers/${made.body.appointment.id}`)
  expect(body.observer).toMatchObject({ standing: 'revoked', until: '2100-06-30' })
  expect(body.history).toMatchObject([
    { kind: 'appointment.made', from: '2020-01-01', until: '2098-12-31' },
    { kind: 'appointment.renewed', until: '2100-06-30' },
    { kind: 'appointment.suspended' },
    { kind: 'appointment.resumed' },
    { kind: 'appointment.revoked' },
  ])
  expect(JSON.stringify(body)).not.toMatch(/"paul"|confidence|ines|CC-2026-17/)
  expect((await app.ask(`/api/v1/observers/${app.first}`)).status).toBe(404)
})

test('an observer chooses the name by which everybody is told of them, and nobody else does', async () => {
  const made = await app.act('ines', PATH, appointing('ada', { name: 'Ada Brandt' }))
  const { id } = made.body.appointment
  const choose = (as: string, name: string) =>
    app.act(as, `${PATH}/${id}/name`, { name, isPseudonym: true, version: 1 })
  await app.act('ines', PATH, appointing('tam'))
  for (const [as, code] of [
    ['ines', 'appointment.role'],
    ['tam', 'appointment.of-another'],
  ] as const) {
    expect(await choose(as, 'Magpie')).toMatchObject({ status: 403, body: { code } })
  }
  expect(await choose('ada', ' ')).toMatchObject({ status: 400, body: { path: 'name' } })
  expect((await choose('ada', 'Egret')).body.act).toMatchObject({ kind: 'appointment.named' })
  expect((await choose('ada', 'Heron')).status).toBe(409)

  const told = async () => (await app.ask(`/api/v1/observers/${id}`)).body
  expect(await told()).toMatchObject({
    observer: { name: 'Egret', isPseudonym: true, isNameChosen: true, withheld: {} },
    history: [{ kind: 'appointment.made' }, { kind: 'appointment.named', by: id }],
  })
  for (const path of ['/api/v1/observers', '/api/v1/records', `/api/v1/observers/${id}`]) {
    expect(JSON.stringify((await app.ask(path)).body), path).not.toContain('Ada Brandt')
  }
  // What was proposed may be taken down, and so may what was chosen: the register speaks of the latter.
  const takeDown = (act: number) =>
    app.act('ines', `/api/v1/acts/${act}/withholding`, { ground: 'personal-data', texts: ['name'] })
  expect((await takeDown(id)).status).toBe(201)
  expect(await told()).toMatchObject({ observer: { name: 'Egret', withheld: {} } })
  const [, named] = (await told()).history as { id: number }[]
  await takeDown(named!.id)
  expect(await told()).toMatchObject({
    observer: { name: '•••', withheld: { name: { ground: 'personal-data' } } },
  })
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test.each([
  [{ until: null }, 'until'],
  [{ until: '2019-12-31' }, 'until'],
  [{ until: '2026-02-30' }, 'until'],
  [{ role: 'king' }, 'role'],
  [{ name: ' ' }, 'name'],
  [{ title: 'a\0b' }, 'title'],
  [{ instrument: undefined }, 'instrument'],
  [{ languages: ['English'] }, 'languages.0'],
  [
    { jurisdiction: { agencies: null, areas: ['atlantis'], categories: null } },
    'jurisdiction.areas.0',
  ],
  [{ jurisdiction: { agencies: [], areas: null, categories: null } }, 'jurisdiction.agencies'],
])('an appointment with %j is refused beside the field', async (wrong, path) => {
  const before = await listed()
  const refused = await app.act('ines', PATH, appointing('rosa', wrong))

  expect(refused).toMatchObject({ status: 400, body: { path } })
  expect(await listed()).toEqual(before)
})

test('a request without a key of its own is refused, and one that comes twice is done once', async () => {
  const key = '0b9c0f5e-8a57-4a5e-9d1f-2a4f5e6d7c8b'

  expect((await app.act('ines', PATH, appointing('kofi'), 'again')).body).toMatchObject({
    path: 'Idempotency-Key',
  })
  const first = await app.act('ines', PATH, appointing('kofi'), key)
  const second = await app.act('ines', PATH, appointing('kofi'), key.toUpperCase())

  expect(second.body).toEqual({ ...first.body, isRepeated: true })
  expect((await listed()).filter(({ person }) => person === 'kofi')).toHaveLength(1)
})

test('acts change no number, and no view is asked anew', async () => {
  const edition = async () => (await app.ask('/api/v1/deployment')).body.edition
  const before = await edition()

  const { body } = await app.act('ines', PATH, appointing('uma'))

  const view = async () => (await app.ask('/api/v1/view?measures=received')).body
  await expect.poll(async () => (await view()).seq).toBe(body.act.seq)
  expect(await edition()).toBe(before)
})
