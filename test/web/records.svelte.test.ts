import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DurableRecord, RecordPage, RecordPoint } from '#shared/records.ts'
import { Known } from '../../server/unread/known.ts'
import { MyRecords } from '../../web/records/my-records.svelte.ts'
import type { Appointed } from '#shared/oversight/concern.ts'
import type { RecordSocket } from '../../web/records/follower.ts'
import { readKept } from '../../web/records/kept.ts'
import {
  lookAt,
  merge,
  none,
  readAll,
  readSubject,
  take,
  type Told,
  type Unread,
  unreadOf,
} from '#shared/unread.ts'

const me: Appointed = { person: 'mei', appointments: [7], agencies: [] }
const tick = () => new Promise((resolve) => setTimeout(resolve, 20))

/** One browser: what it keeps, and what its tabs hear of each other; and what the server keeps of all of a person's. */
function fakeBrowser(server: { state: Unread; isDown?: boolean } = { state: none }) {
  const kept = new Map<string, string>()
  const asked: string[] = []
  const browser = { isFull: false, kept, server, asked, concerning: [] as Told[] }
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    if (server.isDown) throw new TypeError('no answer')
    if (path.startsWith('/api/v1/work/concerns?')) {
      asked.push(path.split('?')[1]!)
      return Response.json({ told: browser.concerning })
    }
    server.state = merge(server.state, Known.parse(JSON.parse(body)))
    return Response.json({ unread: server.state })
  })
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem(name: string, text: string) {
      if (browser.isFull) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, text)
    },
  })
  const target = new EventTarget()
  vi.stubGlobal('document', Object.assign(target, { visibilityState: 'visible' }))
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  return browser
}

const stops: (() => void)[] = []
let browser: ReturnType<typeof fakeBrowser>
beforeEach(() => (browser = fakeBrowser()))
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A tab, and the server's end of its socket. */
function openTab(who = me) {
  const listeners = new Map<string, (value?: never) => void>()
  let at: () => RecordPoint | null = () => null
  const tab = {
    news: [] as (readonly Told[])[],
    outs: [] as unknown[],
    standings: 0,
    /** Where it wanted to go on, at each dial. */
    dialled: [] as (number | null)[],
    asked: [] as unknown[],
    hear: (event: string, value?: unknown) => listeners.get(event)?.(value as never),
    close: () => {},
    records: undefined as unknown as MyRecords,
    unread: () => tab.records.unread.map(({ seq }) => seq),
  }
  const socket = {
    connected: false,
    on: (event: string, listener: (value?: never) => void) => void listeners.set(event, listener),
    connect() {
      socket.connected = true
      tab.dialled.push(at()?.seq ?? null)
    },
    disconnect: () => void (socket.connected = false),
    emit: (_: string, asked: unknown) => void tab.asked.push(asked),
  }
  const hearers = {
    onNews: (told: readonly Told[]) => void tab.news.push(told),
    onOut: (out: unknown) => void tab.outs.push(out),
    onStanding: () => void tab.standings++,
  }
  tab.records = new MyRecords(who, hearers, (from) => {
    at = from
    return socket as unknown as RecordSocket
  })
  tab.close = tab.records.open()
  stops.push(tab.close)
  return tab
}

/** A tab that has asked what was read on other devices. */
async function askedTab(who = me) {
  const tab = openTab(who)
  await vi.waitFor(() => expect(tab.dialled.length).toBe(1))
  return tab
}

const from = (seq: number): RecordPage => ({
  after: seq,
  records: [],
  more: false,
  start: { seq, mark: `a${seq}` },
})

/** An answer to what was opened under appointment 7, unless told otherwise. */
function record(
  seq: number,
  after: number,
  body: Partial<DurableRecord['body']> = {},
): DurableRecord {
  const by = { appointment: 9, name: 'Ola', role: 'official' as const }
  const place = { agency: 'PWD', area: null, category: null }
  return {
    ...{ seq, after, mark: `a${seq}`, kind: 'flag.answered' },
    body: { subject: `flag:${seq}`, version: 2, at: 0, by, openedBy: 7, ...place, ...body },
  }
}

test('two tabs that are told the same count it once', async () => {
  const [one, two] = [openTab(), openTab()]
  for (const tab of [one, two]) tab.hear('records', from(5))
  for (const tab of [one, two]) tab.hear('record', record(8, 5))
  two.hear('record', record(9, 8))
  one.hear('record', record(9, 8))
  await tick()

  expect([one.unread(), two.unread()]).toEqual([
    [8, 9],
    [8, 9],
  ])
})

test('what is read in one tab is read in all, also in one that is told of it later', async () => {
  const [one, two] = [openTab(), openTab()]
  for (const tab of [one, two]) tab.hear('records', from(5))
  one.hear('record', record(8, 5, { subject: 'flag:1' }))
  one.hear('record', record(9, 8, { subject: 'flag:2' }))
  one.records.read('flag:1')
  await tick()
  two.hear('record', record(8, 5, { subject: 'flag:1' }))
  two.hear('record', record(9, 8, { subject: 'flag:2' }))
  await tick()
  expect([one.unread(), two.unread()]).toEqual([[9], [9]])

  two.records.readAll()
  await tick()
  expect([one.unread(), two.unread()]).toEqual([[], []])
})

test('a tab that is closed and opened again goes on where it was, and knows what was read', async () => {
  const first = openTab()
  first.hear('records', from(5))
  first.hear('record', record(8, 5))
  first.hear('record', record(9, 8))
  first.records.read('flag:8')
  first.close()
  const again = openTab()

  expect(again.dialled).toEqual([9])
  expect(again.unread()).toEqual([9])
})

test('another device goes on where the first one was, and knows what was read and seen there', async () => {
  const first = await askedTab()
  first.hear('records', from(5))
  first.hear('record', record(8, 5))
  first.hear('record', record(9, 8))
  first.records.read('flag:8')
  first.records.look(40)
  await tick()
  first.close()
  browser = fakeBrowser(browser.server)
  const second = openTab()
  expect([second.dialled, second.records.looked]).toEqual([[], undefined])
  await tick()

  expect([second.dialled, second.unread(), second.records.looked]).toEqual([[9], [9], 40])
  second.hear('unread', readAll(browser.server.state))
  expect(second.unread()).toEqual([])
})

test('what was read while the server did not answer is told to it later', async () => {
  const tab = await askedTab()
  tab.hear('records', from(5))
  tab.hear('record', record(8, 5))
  await tick()
  vi.useFakeTimers()
  browser.server.isDown = true
  tab.records.readAll()
  await vi.advanceTimersByTimeAsync(1000)
  expect(browser.server.state.readUpTo).toBe(0)
  browser.server.isDown = false
  await vi.advanceTimersByTimeAsync(10_000)

  expect(browser.server.state.readUpTo).toBe(8)
})

test('what is kept is kept by tabs that are open where the browser keeps nothing', async () => {
  browser.isFull = true
  const [one, two] = [openTab(), openTab()]
  for (const tab of [one, two]) tab.hear('records', from(5))
  for (const tab of [one, two]) tab.hear('record', record(8, 5))
  one.records.readAll()
  await tick()

  expect([one.unread(), two.unread()]).toEqual([[], []])
})

test('a gap is asked for, and what comes twice is left out', () => {
  const tab = openTab()
  tab.hear('records', from(5))
  tab.hear('record', record(9, 8))
  expect(tab.asked).toEqual([{ since: 5, mark: 'a5' }])
  tab.hear('records', { after: 5, records: [record(8, 5), record(9, 8)], more: false })
  tab.hear('record', record(9, 8))

  expect(tab.unread()).toEqual([8, 9])
  expect(tab.asked.length).toBe(1)
})

test('of another past nothing is kept, in any tab', async () => {
  const [one, two] = [openTab(), openTab()]
  for (const tab of [one, two]) tab.hear('records', from(50))
  for (const tab of [one, two]) tab.hear('record', record(58, 50))
  for (const tab of [one, two]) tab.hear('records', { ...from(3), isAnew: true })
  one.hear('record', record(4, 3))
  await tick()

  expect([one.unread(), two.unread()]).toEqual([[4], [4]])
})

test('what one did oneself, and what is of others, is no news', () => {
  const tab = openTab()
  tab.hear('records', from(0))
  tab.hear('record', record(1, 0, { by: { appointment: 7, name: 'Mei', role: 'observer' } }))
  tab.hear('record', record(2, 1, { openedBy: 8 }))
  tab.hear('record', record(3, 2, { openedBy: null, by: null, subject: 'appointment:7' }))
  tab.hear('record', record(4, 3, { subject: 'appointment:6', openedBy: 1 }))

  expect(tab.unread()).toEqual([3])
})

/** In a city that has not opened agencies. */
function untold(seq: number, after: number, body: Partial<DurableRecord['body']> = {}) {
  const told = record(seq, after, { openedBy: 8, ...body })
  const { agency: _, ...rest } = told.body
  return { ...told, body: rest }
}

test('where no record tells whose a flag is, who answers asks, in order, and who answers nothing does not', async () => {
  const official = await askedTab({ ...me, person: 'olga', agencies: ['PWD'] })
  const observer = await askedTab()
  browser.concerning = [{ seq: 9, subject: 'flag:9', kind: 'flag.answered', why: 'agency' }]
  for (const tab of [official, observer]) {
    tab.hear('records', from(5))
    tab.hear('record', untold(8, 5))
    tab.hear('record', untold(9, 8))
    tab.hear('record', record(10, 9))
  }
  expect([official.unread(), observer.unread()]).toEqual([[], [10]])
  await vi.waitFor(() => expect(official.unread()).toEqual([9, 10]))

  expect(browser.asked).toEqual(['after=5&upTo=8', 'after=8&upTo=10'])
  official.hear('record', untold(11, 10, { by: { appointment: 7, name: 'Mei', role: 'official' } }))
  await tick()
  expect(browser.asked.length).toBe(2)
})

test('what the server has not answered yet is not looked at, and is told again to who dials anew', async () => {
  const tab = await askedTab({ ...me, isSecretariat: true })
  tab.hear('records', from(5))
  browser.server.isDown = true
  tab.hear('record', untold(8, 5))
  await tick()
  vi.useFakeTimers()
  vi.setSystemTime(Date.now() + 3_600_000)
  document.dispatchEvent(new Event('visibilitychange'))
  expect(tab.dialled).toEqual([null, 5])

  browser.server.isDown = false
  browser.concerning = [{ seq: 8, subject: 'flag:8', kind: 'flag.answered', why: 'agency' }]
  tab.hear('record', untold(8, 5))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(tab.unread()).toEqual([8])
})

test('news come together, at most every 30 seconds, and not what was read meanwhile', () => {
  vi.useFakeTimers()
  const tab = openTab()
  tab.hear('records', from(0))
  for (let seq = 1; seq <= 3; seq++) tab.hear('record', record(seq, seq - 1))
  vi.advanceTimersByTime(1500)
  expect(tab.news.map((told) => told.length)).toEqual([3])

  for (let seq = 4; seq <= 6; seq++) tab.hear('record', record(seq, seq - 1))
  vi.advanceTimersByTime(20_000)
  expect(tab.news.length).toBe(1)
  vi.advanceTimersByTime(10_000)
  expect(tab.news.map((told) => told.length)).toEqual([3, 3])
})

test('the tab that is seen tells what a hidden one has counted before it', async () => {
  const [hidden, seen] = [await askedTab(), await askedTab()]
  for (const tab of [hidden, seen]) tab.hear('records', from(0))
  hidden.hear('record', record(1, 0))
  await tick()
  seen.hear('record', record(1, 0))
  await new Promise((resolve) => setTimeout(resolve, 1200))

  expect(seen.news.map((told) => told.length)).toEqual([1])
  expect(seen.unread()).toEqual([1])
})

const told = (seq: number, subject: string): Told => ({ seq, subject, kind: 'k', why: 'own' })
const point = fc.nat(20).map((seq) => ({ seq, mark: '' }))
/** Of each record every tab says the same. */
const subjectOf = (seq: number) => ['a', 'b', undefined][seq % 3]
const looked = (at: RecordPoint) => {
  const subject = subjectOf(at.seq)
  return (state: Unread) => take(state, at, subject ? told(at.seq, subject) : undefined)
}
const changes = fc.array(
  fc.oneof(
    point.map(looked),
    fc.constantFrom('a', 'b').map((subject) => (state: Unread) => readSubject(state, subject)),
    fc.constant(readAll),
    fc.nat(20).map((act) => (state: Unread) => lookAt(state, act)),
  ),
)
const states = changes.map((steps) => steps.reduce((state, step) => step(state), none))

test('what tabs know can be merged in any order and as often as one likes, and nothing that was read comes back', () => {
  fc.assert(
    fc.property(states, states, states, (one, two, three) => {
      expect(merge(one, two)).toEqual(merge(two, one))
      expect(merge(one, one)).toEqual(one)
      expect(merge(merge(one, two), three)).toEqual(merge(one, merge(two, three)))
      expect(merge(one, two).looked).toBe(Math.max(one.looked, two.looked))
      const readIn = (state: Unread, { seq, subject }: Told) =>
        seq <= Math.max(state.readUpTo, state.read[subject] ?? 0)
      for (const each of unreadOf(merge(one, two))) {
        expect(readIn(one, each) || readIn(two, each)).toBe(false)
      }
    }),
  )
})

test('what was looked at is not looked at again, and no place goes back', () => {
  const state = take(
    take(none, { seq: 4, mark: '' }, told(4, 'a')),
    { seq: 9, mark: '' },
    undefined,
  )

  expect(take(state, { seq: 8, mark: '' }, told(8, 'b'))).toBe(state)
})

test('a page that wakes up after a sleep dials, and goes on where it was', async () => {
  const tab = await askedTab()
  vi.useFakeTimers()
  tab.hear('connect')
  tab.hear('records', from(5))
  tab.hear('record', record(8, 5))
  vi.setSystemTime(Date.now() + 3_600_000)
  document.dispatchEvent(new Event('visibilitychange'))

  expect(tab.dialled).toEqual([null, 8])
})

test('what somebody may do is asked again after an act on their appointments, and after each that appoints anybody', () => {
  const tab = openTab()
  tab.hear('records', from(0))
  for (const [seq, kind, subject, standings] of [
    [1, 'appointment.suspended', 'appointment:7', 1],
    [2, 'appointment.revoked', 'appointment:71', 1],
    [3, 'appointment.made', 'appointment:72', 2],
    [4, 'flag.answered', 'flag:7', 2],
  ] as const) {
    tab.hear('record', { ...record(seq, seq - 1, { subject }), kind })
    expect(tab.standings, kind).toBe(standings)
  }
})

test('whom the server knows no longer is told once, and follows no more', async () => {
  const tab = await askedTab()
  vi.useFakeTimers()
  tab.hear('out', { reason: 'session' })
  vi.advanceTimersByTime(60_000)

  expect(tab.outs).toEqual([{ reason: 'session' }])
  expect(tab.dialled.length).toBe(1)
})

test('who is appointed to nothing any more is told, and goes on where that was: an appointment may come', async () => {
  const tab = await askedTab()
  tab.hear('out', { reason: 'appointment' })

  expect(tab.outs).toEqual([{ reason: 'appointment' }])
  expect(tab.dialled.length).toBe(2)
  expect(tab.dialled[1]).toEqual(tab.dialled[0])
})

test.each([
  null,
  '',
  '{',
  '[]',
  '7',
  '{"version":2}',
  '{"version":1,"past":-1}',
  '{"version":1,"past":0,"at":{"seq":"x"},"told":[],"read":{},"readUpTo":0}',
])('kept %j is as good as nothing', (text) => {
  expect(readKept(text)).toMatchObject({ at: null, told: [] })
})
