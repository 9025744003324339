import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DAY } from '#shared/time.ts'
import type { Told } from '#shared/unread.ts'
import type { publicFlag } from '../../../server/flags/told.ts'
import { followRecords } from '../../support/follow-records.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'

/** For who minds no flags but its own; the others count all there are, each in a city of its own. */
let town: FlagApp
/** Nothing is opened. */
let closed: FlagApp

beforeAll(async () => {
  ;[town, closed] = await Promise.all([flagApp(), flagApp({ opened: [] })])
  await closed.appoint('zoe', { role: 'official' })
})
afterAll(() => Promise.all([town, closed].map((app) => app[Symbol.asyncDispose]())))

type Flag = ReturnType<typeof publicFlag>
/** A flag on a number that is about no agency in particular. */
const theCity = { claim: { kind: 'number', measure: 'open', about: {} } }
const idsOf = ({ body }: { body: { flags: Flag[] } }) => body.flags.map(({ id }) => id)

test('flags are found by each thing they are asked by', async () => {
  await using app = await flagApp()
  const { PWD, Parks, Mill, Lights } = app.ids
  const on = (about: object, rest: object = {}) => ({
    claim: { kind: 'number', measure: 'open', about },
    ...rest,
  })
  const one = await app.opened('mei', on({ agency: PWD, area: Mill }, { severity: 'high' }))
  const two = await app.opened('aki', on({ agency: Parks, category: Lights }, { kind: 'unfair' }))
  const three = await app.opened('aki', on({}, { text: 'Six crews, 50%_ of the work' }))
  await app.flagAct('olga', `/${one}/answer`, { text: 'The crews are out.' })

  const found: Record<string, number[]> = {
    '': [three, two, one],
    '?state=answered': [one],
    '?state=open,acknowledged': [three, two],
    '?agency=PWD': [one],
    '?agency=PWD,Parks': [two, one],
    '?agency=(none)': [three],
    '?area=Mill': [one],
    '?category=Lights': [two],
    '?kind=unfair': [two],
    '?severity=high': [one],
    '?late=true': [],
    '?late=false': [three, two, one],
    '?q=crews': [three, one],
    '?q=50%25_': [three],
    '?q=%25%25': [],
    '?q=%E8%B7%AF%E7%87%88': [two, one],
    '?sort=deadline': [two, three, one],
    '?state=open&q=crews': [three],
  }
  found[`?id=${one},${three},999`] = [three, one]
  for (const [query, ids] of Object.entries(found)) {
    expect(idsOf(await app.read(query)), query).toEqual(ids)
  }
  expect(idsOf(await app.read('?author=me', 'aki'))).toEqual([three, two])
  const { author } = await app.flagOf(one)
  expect(idsOf(await app.read(`?author=${author.appointment}`))).toEqual([one])
})

test('what is wrong with a question about flags is said, with its place', async () => {
  await using app = await flagApp({ opened: ['area', 'category'] })

  for (const [query, status, path] of [
    ['?state=closed', 400, 'state.0'],
    ['?area=Hill', 400, 'area'],
    ['?agency=PWD', 403, 'agency'],
    ['?late=maybe', 400, 'late'],
    ['?author=mei', 400, 'author'],
    ['?author=me', 401, undefined],
    ['?id=1,one', 400, 'id.1'],
    ['?q=a', 400, 'q'],
    ['?q=aa&q=bb', 400, 'q'],
    ['?sort=age', 400, 'sort'],
    ['?limit=201', 400, 'limit'],
    ['?after=abc', 400, 'after'],
    ['?colour=red', 400, ''],
    ['/x', 400, undefined],
    ['/999', 404, undefined],
  ] as const) {
    const { body, status: got } = await app.read(query)
    expect([got, body.path ?? undefined], query).toEqual([status, path || undefined])
    expect(body.error).toMatch(/\w/)
  }
})

test('a city that has not opened agencies tells nobody of whose a flag is, but who answers it', async () => {
  await using app = await flagApp({ opened: ['area'] })
  using follower = followRecords(app.origin)
  const id = await app.opened('mei', {
    claim: {
      kind: 'ticket',
      mark: 'k7',
      id: '12',
      about: { agency: app.ids.PWD, area: app.ids.Mill },
    },
  })

  const { body } = await app.read(`/${id}`)
  expect(body.flag).toMatchObject({ place: { area: 'Mill' }, evidence: { on: 'ticket:k7/12' } })
  expect(body.flag).not.toHaveProperty('agency')
  expect(body.acts[0]!.texts.place).toEqual({ commitment: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(JSON.stringify(body)).not.toContain('PWD')
  expect(JSON.parse(body.acts[0]!.canonical).body).not.toHaveProperty('place')
  expect(idsOf(await app.read('?q=agency'))).toEqual([])

  const queue = await app.read('/queue', 'olga')
  const whole = { agency: 'PWD', place: { agency: 'PWD' } }
  expect(queue.body.flags).toMatchObject([{ id, ...whole }])
  for (const as of ['olga', 'ines']) {
    expect((await app.read(`/${id}`, as)).body.flag, as).toMatchObject(whole)
  }
  for (const as of ['pavel', 'mei']) {
    expect((await app.read(`/${id}`, as)).body.flag, as).not.toHaveProperty('agency')
  }
  const { body: none } = await app.read(`/${await app.opened('mei', theCity)}`, 'olga')
  expect(none.flag).not.toHaveProperty('agency')

  await app.flagAct('olga', `/${id}/transfer`, { to: 'Parks', reason: 'Trees.' })
  const transferredTo = async (as?: string) => (await app.read(`/${id}`, as)).body.acts[1]!.body
  expect(await transferredTo('pavel')).toEqual({ to: 'Parks' })
  expect(await transferredTo('olga')).toEqual({})
  const records = await app.ask('/api/v1/records?noun=flag')
  await vi.waitFor(() => expect(follower.records.at(-1)!.kind).toBe('flag.transferred'))
  expect(follower.records.at(-1)!.body).toMatchObject({ area: 'Mill' })
  expect(JSON.stringify([follower.records, records.body])).not.toMatch(/PWD|Parks|agency/)
})

test('who answers is told which records concern them, where no record tells whose a flag is', async () => {
  const theirs = await closed.opened()
  const nobodys = await closed.opened('mei', theCity)
  await closed.flagAct('olga', `/${theirs}/acknowledgement`)
  const PATH = '/api/v1/work/concerns?after=0'
  const told = async (as: string) => {
    const { body } = await closed.ask<{ told: Told[] }>(`${PATH}&upTo=99`, as)
    const all = body.told.map(({ subject, why }) => `${subject} ${why}`)
    return all.filter((one) => one.startsWith('flag:'))
  }

  expect(await told('olga')).toEqual([`flag:${theirs} agency`])
  expect(await told('ines')).toEqual([`flag:${nobodys} agency`])
  expect(await told('pavel')).toEqual([])
  expect(await told('mei')).toEqual([`flag:${theirs} own`])
  expect((await closed.ask(`${PATH}&upTo=99`)).status).toBe(401)

  // Who is appointed anew loses nothing.
  const { author } = await closed.flagOf(theirs)
  await closed.appoint('mei')
  const reason = { reason: 'Her term was wrong.' }
  await closed.act('ines', `/api/v1/appointments/${author.appointment}/revocation`, reason)
  expect(await told('mei')).toEqual([`flag:${theirs} own`])
  expect((await closed.ask(PATH, 'olga')).body.path).toBe('upTo')
})

test('where nothing is opened, the secretariat is told that a flag on the whole city is its own', async () => {
  const id = await closed.opened('mei', theCity)

  expect((await closed.read(`/${id}`, 'ines')).body.flag).toMatchObject({ agency: null })
  for (const as of ['olga', 'zoe', undefined]) {
    expect((await closed.read(`/${id}`, as)).body.flag, as).not.toHaveProperty('agency')
  }
})

test('how an agency answers is told, where agencies are not opened, to who answers for it and the secretariat', async () => {
  const told = async (code: string, as?: string) =>
    (await closed.ask(`/api/v1/agencies/${code}/answering`, as)).status

  for (const as of ['olga', 'ines', 'zoe']) expect(await told('PWD', as), as).toBe(200)
  for (const as of ['pavel', 'mei', undefined]) expect(await told('PWD', as), as).toBe(403)
  expect([await told('(none)', 'ines'), await told('(none)', 'zoe')]).toEqual([200, 403])
  expect([await told('Ghosts', 'ines'), await told('Ghosts')]).toEqual([404, 403])
})

test('pages hold while flags come in', async () => {
  await using app = await flagApp()
  const ids: number[] = []
  for (const severity of ['low', 'high', 'normal', 'high', 'low']) {
    ids.push(await app.opened('mei', { severity }))
  }
  const [a, b, c, d, e] = ids as [number, number, number, number, number]

  for (const [sort, order] of [
    ['newest', [e, d, c, b, a]],
    ['deadline', [b, d, c, a, e]],
  ] as const) {
    const first = await app.read(`?sort=${sort}&limit=2`)
    const second = await app.read(`?sort=${sort}&limit=2&after=${first.body.next}`)
    const third = await app.read(`?sort=${sort}&limit=2&after=${second.body.next}`)
    expect([first, second, third].flatMap(idsOf), sort).toEqual(order)
    expect(third.body.next).toBeNull()
  }
  const other = await app.read('?sort=newest&limit=1')
  expect(await app.read(`?sort=deadline&after=${other.body.next}`)).toMatchObject({
    status: 400,
    body: { path: 'after' },
  })
})

test('how many flags on a number are open is told of the same number in the same place', async () => {
  const { PWD, Parks, Mill } = town.ids
  const number = (about: object) => ({ claim: { kind: 'number', measure: 'open', about } })
  await town.opened('mei', number({ agency: PWD }))
  await town.opened('aki', number({ agency: PWD }))
  const gone = await town.opened('aki', number({ agency: PWD }))
  await town.flagAct('aki', `/${gone}/withdrawal`, { reason: 'It was me.' })
  await town.opened('aki', number({ agency: PWD, area: Mill }))
  await town.opened('aki', number({ agency: Parks }))
  await town.opened('mei', number({}))
  await town.opened('mei', {
    claim: { kind: 'ticket', mark: 'k', id: 'a/b', about: { agency: PWD } },
  })

  const openOn = async (query: string) => (await town.read(query)).body.open
  expect(await openOn('?on=number:open&agency=PWD')).toBe(2)
  expect(await openOn('?on=number:open&agency=PWD&area=Mill')).toBe(1)
  expect(await openOn('?on=number:open')).toBe(1)
  expect(await openOn('?on=number:closed&agency=PWD')).toBe(0)
  expect(await openOn(`?on=${encodeURIComponent('ticket:k/a/b')}`)).toBe(1)
})

test('a text that was taken down is nowhere any more, and its commitment stays', async () => {
  const id = await town.opened('mei', { text: 'My neighbour did it' })
  const before = (await town.read(`/${id}`)).body.acts[0]!

  await sql`update act_text set text = null, salt = null where act_id = ${id} and name = 'text'`.execute(
    town.db,
  )

  const { body } = await town.read(`/${id}`)
  expect(body.flag.text).toBeNull()
  expect(body.acts[0]!.texts.text).toEqual({
    text: null,
    salt: null,
    commitment: before.texts.text!.commitment,
  })
  expect(body.acts[0]!.hash).toBe(before.hash)
  expect((await town.read('?q=neighbour')).body.flags).toEqual([])
})

test('until when a flag would be answered is told before it is opened', async () => {
  await using app = await flagApp({
    flagDays: { low: 9, normal: 4, high: 1, acknowledge: 1, word: 5 },
  })
  const { status, body } = await app.read('/deadlines')
  const id = await app.opened('mei', { severity: 'high' })
  const { deadlines } = await app.flagOf(id)

  expect(status).toBe(200)
  expect(Math.abs(Date.parse(body.high) - Date.parse(deadlines.answer!.by))).toBeLessThan(60_000)
  expect(Date.parse(body.high)).toBeLessThan(Date.parse(body.normal))
  expect(Date.parse(body.normal)).toBeLessThan(Date.parse(body.low))
})

test('an act is checked by anybody from what is told of it', async () => {
  const id = await town.opened()
  const { canonical, hash, texts } = (await town.read(`/${id}`)).body.acts[0]!

  const { createHash } = await import('node:crypto')
  const sha = (...parts: [string, 'hex' | 'utf8'][]) =>
    parts.reduce((sum, part) => sum.update(...part), createHash('sha256')).digest('hex')
  expect(sha([canonical, 'utf8'])).toBe(hash)
  expect(sha([texts.text!.salt!, 'hex'], [texts.text!.text!, 'utf8'])).toBe(texts.text!.commitment)
  expect(JSON.parse(canonical).texts.text.commitment).toBe(texts.text!.commitment)
  expect(canonical).not.toContain('路燈')
})

test('the queue holds what awaits an official’s agencies, by deadline, and counts it', async () => {
  await using app = await flagApp()
  const { PWD, Parks } = app.ids
  const of = (agency: number | undefined, severity: string) => ({
    claim: { kind: 'number', measure: 'open', about: { agency } },
    severity,
  })
  const slow = await app.opened('mei', of(PWD, 'low'))
  const quick = await app.opened('mei', of(PWD, 'high'))
  const late = await app.opened('mei', of(PWD, 'low'))
  await app.age(late, 60 * DAY)
  const elsewhere = await app.opened('mei', of(Parks, 'high'))
  const nobodys = await app.opened('mei', of(undefined, 'high'))
  await app.flagAct('olga', `/${slow}/acknowledgement`)

  const queue = await app.read('/queue', 'olga')
  expect(idsOf(queue)).toEqual([late, quick, slow])
  expect(queue.body).toMatchObject({
    agencies: ['PWD'],
    isSecretariat: false,
    counts: { total: 3, overdue: 1, dueToday: 0, new: 2 },
  })
  expect(queue.body.flags.map(({ late: isLate }: Flag) => isLate)).toEqual([true, false, false])

  await app.flagAct('pavel', `/${elsewhere}/answer`, { text: 'Done.' })
  expect(idsOf(await app.read('/queue', 'pavel'))).toEqual([])
  await app.flagAct('mei', `/${elsewhere}/dispute`, { reason: 'Not done.' })
  expect(idsOf(await app.read('/queue', 'ines'))).toEqual([elsewhere, nobodys])
  expect((await app.read('/queue', 'mei')).status).toBe(403)
  expect((await app.read('/queue')).status).toBe(401)
})

test('the queue goes on where a page of it ended', async () => {
  await using app = await flagApp()
  const ids: number[] = []
  // Nobody opens so many within an hour.
  for (let n = 0; n < 53; n++) ids.push(await app.opened(n % 2 === 0 ? 'mei' : 'aki'))

  const first = await app.read('/queue', 'olga')
  expect(idsOf(first)).toEqual(ids.slice(0, 50))
  const second = await app.read(`/queue?after=${first.body.next}`, 'olga')
  expect(idsOf(second)).toEqual(ids.slice(50))
  expect([second.body.next, second.body.counts.total]).toEqual([null, 53])
})

test('how an agency answers is told with what it is of, and of nothing there is no share', async () => {
  await using app = await flagApp()
  const answering = async (code: string) =>
    (await app.ask(`/api/v1/agencies/${code}/answering`)).body
  expect(await answering('Parks')).toMatchObject({
    onTime: { share: null, hits: 0, n: 0 },
    upheld: { share: null, n: 0 },
    workingDays: { median: null, n: 0 },
  })
  const ids = [await app.opened(), await app.opened(), await app.opened(), await app.opened()]
  const [inTime, late, owed] = ids as [number, number, number]
  await app.age(late, 60 * DAY)
  await app.age(owed, 60 * DAY)
  for (const id of [inTime, late]) await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  await app.flagAct('mei', `/${inTime}/acceptance`)
  await app.flagAct('mei', `/${late}/dispute`, { reason: 'No.' })
  await app.flagAct('ines', `/${late}/settlement`, { for: 'agency', text: 'It is.' })

  expect(await answering('PWD')).toMatchObject({
    agency: 'PWD',
    onTime: { share: 1 / 3, hits: 1, n: 3 },
    upheld: { share: 1 / 2, accepted: 1, settled: 0, n: 2 },
    workingDays: { median: 1, n: 2 },
  })
  expect((await app.ask('/api/v1/agencies/Ghosts/answering')).status).toBe(404)
})
