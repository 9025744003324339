import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FlagApp, flagApp } from '../../support/flags.ts'

let app: FlagApp

beforeAll(async () => void (app = await flagApp()))
afterAll(() => app[Symbol.asyncDispose]())

const HASH = 'a'.repeat(64)

/** What each act takes, and by whom it is done to a flag of PWD; `mei` stands for who opened it. */
const acts = {
  acknowledgement: { by: 'olga', form: {} },
  answer: { by: 'olga', form: { text: 'Done.' } },
  acceptance: { by: 'mei', form: {} },
  dispute: { by: 'mei', form: { reason: 'Not done.' } },
  settlement: { by: 'ines', form: { for: 'agency', text: 'It is done.' } },
  withdrawal: { by: 'mei', form: { reason: 'I was wrong.' } },
  transfer: { by: 'olga', form: { to: 'Parks', reason: 'It is a park.' } },
  joining: { by: 'aki', form: { text: 'I see it too.' } },
  notes: { by: 'aki', form: { text: 'Still so.' } },
  corrections: { by: 'olga', form: { ticket: 'k7/12', text: 'Its closing time was wrong.' } },
} as const
type ActName = keyof typeof acts
const names = Object.keys(acts) as ActName[]

/** The way to each standing. */
const ways: Record<string, ActName[]> = {
  open: [],
  acknowledged: ['acknowledgement'],
  answered: ['answer'],
  accepted: ['answer', 'acceptance'],
  disputed: ['answer', 'dispute'],
  settled: ['answer', 'dispute', 'settlement'],
  withdrawn: ['withdrawal'],
}

/** The standing in which each act leaves a flag; what is missing is refused. */
const after: Record<string, Partial<Record<ActName, string>>> = {
  open: {
    acknowledgement: 'acknowledged',
    answer: 'answered',
    withdrawal: 'withdrawn',
    transfer: 'open',
    joining: 'open',
    notes: 'open',
    corrections: 'open',
  },
  acknowledged: {
    answer: 'answered',
    withdrawal: 'withdrawn',
    transfer: 'open',
    joining: 'acknowledged',
    notes: 'acknowledged',
    corrections: 'acknowledged',
  },
  answered: {
    answer: 'answered',
    acceptance: 'accepted',
    dispute: 'disputed',
    withdrawal: 'withdrawn',
    joining: 'answered',
    notes: 'answered',
    corrections: 'answered',
  },
  accepted: { notes: 'accepted', corrections: 'accepted' },
  disputed: {
    settlement: 'settled',
    withdrawal: 'withdrawn',
    joining: 'disputed',
    notes: 'disputed',
    corrections: 'disputed',
  },
  settled: { notes: 'settled', corrections: 'settled' },
  withdrawn: {},
}

test.each(Object.keys(ways))(
  'of a flag that is %s each act is done, or refused with a sentence',
  async (standing) => {
    const author = `author of ${standing}`
    await app.appoint(author)
    const by = (name: ActName) => (acts[name].by === 'mei' ? author : acts[name].by)
    for (const name of names) {
      const id = await app.opened(author)
      const act = (one: ActName) => app.flagAct(by(one), `/${id}/${one}`, acts[one].form)
      for (const step of ways[standing]!) await act(step)
      const { status, body } = await act(name)
      const state = after[standing]![name]
      if (state !== undefined) {
        expect([status, body.flag?.state, body.error], name).toEqual([200, state, undefined])
        continue
      }
      expect(status, name).toBe(409)
      expect(body.error, name).toMatch(/^(The flag|Its author) (is|was|may) .+\.$/)
      expect(body.code, name).toMatch(/^flag\./)
      expect((await app.flagOf(id)).state).toBe(standing)
    }
  },
)

test('whoever may not do an act is told why not', async () => {
  await app.appoint('sam', {
    role: 'official',
    jurisdiction: { agencies: ['PWD'], areas: ['Mill'], categories: null },
  })
  const id = await app.opened()
  const forOfficials = ['acknowledgement', 'answer', 'transfer', 'corrections'] as const
  const forObservers = ['acceptance', 'dispute', 'withdrawal', 'joining', 'notes'] as const

  for (const name of names) {
    const { form } = acts[name]
    const refusedTo = async (as: string | undefined) => {
      const { status, body } = await app.flagAct(as, `/${id}/${name}`, form)
      return [status, body.error]
    }
    expect(await refusedTo(undefined), name).toEqual([401, 'Sign in first.'])
    expect(await refusedTo('nobody'), name).toEqual([
      403,
      'This needs an appointment, and you have none.',
    ])
    const wrong = (forOfficials as readonly string[]).includes(name) ? 'mei' : 'olga'
    expect(await refusedTo(wrong), name).toEqual([403, 'None of your appointments is for this.'])
  }
  for (const name of forOfficials) {
    const refusedTo = async (as: string) =>
      (await app.flagAct(as, `/${id}/${name}`, acts[name].form)).body.error
    expect(await refusedTo('pavel'), name).toMatch('an agency that is not in your jurisdiction')
    expect(await refusedTo('sam'), name).toMatch('an area that is not in your jurisdiction')
  }
  for (const name of ['acknowledgement', 'answer', 'corrections'] as const) {
    const { status, body } = await app.flagAct('ines', `/${id}/${name}`, acts[name].form)
    expect([status, body.error], name).toEqual([403, expect.stringContaining('with its agency')])
  }
  for (const name of forObservers) {
    const { body } = await app.flagAct('tomas', `/${id}/${name}`, acts[name].form)
    expect(body.error, name).toMatch('an agency that is not in your jurisdiction')
  }
  await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  for (const name of ['acceptance', 'dispute', 'withdrawal'] as const) {
    const { status, body } = await app.flagAct('aki', `/${id}/${name}`, acts[name].form)
    expect([status, body.error], name).toEqual([
      403,
      expect.stringContaining('Only who opened the flag'),
    ])
  }
  expect((await app.flagOf(id)).state).toBe('answered')
})

test('a flag is opened only where the observer’s jurisdiction covers what it is on', async () => {
  const { PWD, Parks } = app.ids
  const opening = async (as: string | undefined, about: object) => {
    const claim = { kind: 'number', measure: 'open', about }
    const { status, body } = await app.flagAct(as, '', app.flagging({ claim }))
    return [status, body.error]
  }
  expect(await opening('tomas', { agency: Parks })).toEqual([201, undefined])
  expect(await opening('tomas', { agency: PWD })).toEqual([
    403,
    expect.stringContaining('an agency'),
  ])
  expect(await opening('tomas', {})).toEqual([201, undefined])
  expect(await opening('mei', {})).toEqual([201, undefined])
  expect(await opening('olga', { agency: PWD })).toEqual([
    403,
    'None of your appointments is for this.',
  ])
  expect(await opening('ines', { agency: PWD })).toEqual([
    403,
    'None of your appointments is for this.',
  ])
  expect(await opening(undefined, { agency: PWD })).toEqual([401, 'Sign in first.'])
})

test('what is wrong with a form is said, with its place', async () => {
  const id = await app.opened()
  const called = { kind: 'rule', to: 'Ask Ines Okafor, ines.okafor@example.org' }
  for (const [as, path, form, at] of [
    ['mei', '', app.flagging({ text: ' ' }), 'text'],
    ['mei', '', app.flagging({ text: 'x'.repeat(10_001) }), 'text'],
    ['mei', '', app.flagging({ kind: 'rude' }), 'kind'],
    ['mei', '', app.flagging({ language: 'Klingon!' }), 'language'],
    ['mei', '', app.flagging({ attachments: ['x'] }), 'attachments.0'],
    ['mei', '', app.flagging({ attachments: [HASH, HASH] }), 'attachments'],
    ['mei', '', app.flagging({ claim: undefined }), 'claim'],
    ['mei', '', { ...app.flagging(), owner: 1 }, ''],
    ['olga', `/${id}/answer`, { text: 'a', links: ['http://a.example/'] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', links: ['javascript:alert(1)'] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', links: ['//evil.example/'] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', links: ['/\\evil.example'] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', links: [{ kind: 'rumour', to: 'x' }] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', links: ['/', called] }, 'links.1'],
    ['olga', `/${id}/answer`, { text: 'a', links: ['https://a.example/+16175550123'] }, 'links.0'],
    ['olga', `/${id}/answer`, { text: 'a', template: 99 }, 'template'],
    ['olga', `/${id}/transfer`, { to: 'Ghosts', reason: 'a' }, 'to'],
    ['olga', `/${id}/corrections`, { ticket: 'k7', text: 'a' }, 'ticket'],
    ['ines', `/${id}/settlement`, { for: 'both', text: 'a' }, 'for'],
    ['mei', `/${id}/withdrawal`, {}, 'reason'],
  ] as const) {
    const { status, body } = await app.flagAct(as, path, form)
    expect([status, body.path ?? ''], JSON.stringify(form).slice(0, 80)).toEqual([400, at])
  }
  const links = ['/tickets/AbCdEfGh-_/13912345678', { kind: 'rule', to: 'Lamp Act 2026 §3' }]
  const told = await app.flagAct('olga', `/${id}/answer`, { text: 'a', links })
  expect([told.status, told.body.error]).toEqual([200, undefined])
  const unheard = await app.flagAct('olga', '/99999/answer', { text: 'a' })
  expect([unheard.status, unheard.body.error]).toEqual([404, 'There is no flag 99999.'])
})

test('evidence that was not shown, and a file that is not kept, leave nothing behind', async () => {
  const before = (await app.read('')).body.flags
  const claim = { kind: 'number', measure: 'open', isWrong: true }
  expect((await app.flagAct('mei', '', app.flagging({ claim }))).status).toBe(409)
  const attachments = [HASH, '0'.repeat(64)]
  expect(await app.flagAct('mei', '', app.flagging({ attachments }))).toMatchObject({
    status: 404,
    body: { path: 'attachments.1' },
  })
  expect((await app.read('')).body.flags).toEqual(before)
  const id = await app.opened('mei', { attachments: [HASH] })
  expect(app.published).toEqual([HASH])
  await app.flagAct('pavel', `/${id}/answer`, { text: 'a', attachments: ['b'.repeat(64)] })
  expect(app.published).toEqual([HASH])
})
