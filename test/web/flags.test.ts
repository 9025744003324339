import { appointment } from '../support/appointment.ts'
import { correctionOf, statedWith, type Ticket } from '../../web/corrections/fields.ts'
import { mayCorrect } from '../../web/corrections/may-correct.ts'
import { isUnfinished } from '../../web/corrections/reopenings.ts'
import { expect, test, vi } from 'vitest'
import type { FlagStanding } from '#shared/oversight/flag.ts'
import type { PublicTicket } from '#shared/tickets.ts'
import { bodyOf, missingIn, noWords, SECRETARIAT } from '../../web/flags/act-form.ts'
import { dueTexts, lateTextsOf, wasLateTexts } from '../../web/flags/due-text.ts'
import { Gather } from '../../web/flags/gather.ts'
import { subjectOf } from '../../web/flags/kept.ts'
import { mayDo } from '../../web/flags/may.ts'
import type { Appointment } from '../../web/accounts/mine.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { onText } from '../../web/flags/names.ts'
import { formatQuestion, parseQuestion } from '../../web/flags/question.ts'
import type { ToldAct, ToldFlag } from '../../web/flags/told.ts'

const flag = (state: FlagStanding, rest: Partial<ToldFlag> = {}): ToldFlag => ({
  id: 9,
  version: 3,
  state,
  evidence: { hash: 'e'.repeat(64), kind: 'number', on: 'number:received' },
  kind: 'slow',
  severity: 'normal',
  language: 'en',
  text: 'x',
  withheld: {},
  attachments: [],
  author: { appointment: 1, name: 'Mei' },
  coObservers: [],
  openedAt: '2026-11-19T06:00:00.000Z',
  place: { agency: 'PWD' },
  agency: 'PWD',
  late: false,
  answer: null,
  deadlines: { acknowledgement: null, answer: null, word: null, settlement: null },
  settledFor: null,
  isSettledByAnswerer: false,
  ...rest,
})

const mine = (id: number, role: Appointment['role'], jurisdiction: object = {}) => [
  appointment(role, jurisdiction, id),
]

/** To whoever holds these appointments, and held others before. */
const offered = (
  about: ToldFlag,
  current: readonly Appointment[],
  before: readonly number[] = [],
) => mayDo(about, { current, all: [...current.map(({ id }) => id), ...before] })

test('who opened a flag has a word on its answer, and others join it', () => {
  expect(offered(flag('answered'), mine(1, 'observer'))).toEqual([
    'acceptance',
    'dispute',
    'notes',
    'withdrawal',
  ])
  expect(offered(flag('answered'), mine(2, 'observer'))).toEqual(['joining', 'notes'])
  const joined = flag('open', { coObservers: [{ appointment: 2, name: 'Aki' }] })
  expect(offered(joined, mine(2, 'observer'))).toEqual(['notes'])
})

test('what was opened or joined under an appointment that has ended stays theirs', () => {
  const anew = mine(5, 'observer')
  expect(offered(flag('answered'), anew, [1])).toEqual(
    offered(flag('answered'), mine(1, 'observer')),
  )
  const joined = flag('open', { coObservers: [{ appointment: 2, name: 'Aki' }] })
  expect(offered(joined, anew, [2])).toEqual(['notes'])
  expect(offered(flag('answered'), [], [1])).toEqual([])
  expect(offered(flag('open'), mine(5, 'observer', { agencies: ['Parks'] }), [1])).toEqual([])
})

test('outside of a jurisdiction nothing is offered', () => {
  expect(offered(flag('open'), mine(2, 'observer', { agencies: ['Parks'] }))).toEqual([])
  expect(offered(flag('open'), mine(3, 'official', { agencies: ['Parks'] }))).toEqual([])
  expect(offered(flag('open'), [])).toEqual([])
})

test('officials of the owner answer, and the secretariat settles what is disputed', () => {
  expect(offered(flag('open'), mine(3, 'official', { agencies: ['PWD'] }))).toEqual([
    'acknowledgement',
    'answer',
    'transfer',
    'correction',
    'corrections',
  ])
  expect(offered(flag('disputed'), mine(4, 'secretariat'))).toEqual(['settlement'])
  expect(offered(flag('open'), mine(4, 'secretariat'))).toEqual(['transfer'])
  expect(offered(flag('open', { agency: null }), mine(4, 'secretariat'))).toContain('answer')
})

test('of a flag of which nobody told them whose it is, officials are offered nothing', () => {
  const { agency: _, ...untold } = flag('open')
  expect(offered(untold, mine(3, 'official'))).toEqual([])
  expect(offered(untold, mine(4, 'secretariat'))).toEqual(['transfer'])
})

const due = (doneAt: string | null, late: boolean) => ({ by: '2026-11-20T00:00Z', doneAt, late })
const [inTime, tooLate, owedStill] = [
  due('2026-11-19T00:00Z', false),
  due('2026-11-21T00:00Z', true),
  due(null, true),
]
const answer = { at: '2026-11-19T00:00Z' }

test.each([
  [
    'settled',
    { answer: inTime, settlement: tooLate },
    { answer, settledFor: 'agency' },
    'settled late',
  ],
  [
    'settled',
    { answer: tooLate, settlement: inTime },
    { answer, settledFor: 'agency' },
    'answered late',
  ],
  ['accepted', { answer: tooLate }, { answer }, 'answered late'],
  ['withdrawn', { answer: tooLate }, {}, 'not answered in time'],
  ['withdrawn', { answer: inTime, settlement: tooLate }, { answer }, 'not settled in time'],
  ['open', { answer: owedStill }, {}, ''],
  ['disputed', { answer: tooLate, settlement: owedStill }, { answer }, 'answered late'],
] as const)('late is said of what was late: %s, %o', (state, deadlines, rest, said) => {
  const one = flag(state, rest)
  const texts = wasLateTexts({ ...one, deadlines: { ...one.deadlines, ...deadlines } })
  expect(texts).toEqual(said === '' ? [] : [said])
})

const said = (acknowledgement: ToldFlag['deadlines']['answer'], state: FlagStanding = 'open') => {
  const one = flag(state)
  const deadlines = { ...one.deadlines, acknowledgement, answer: due(null, false) }
  return dueTexts({ ...one, deadlines }, createTimes('UTC'))
}

test('an open flag says until when it is to be acknowledged, and one that was handed on does not', () => {
  const awaitedAnswer = { text: 'answer due Thu 19 Nov', isLate: false }
  expect(said(due(null, false))).toEqual([
    { text: 'to be acknowledged by Thu 19 Nov', isLate: false },
    awaitedAnswer,
  ])
  expect(said(owedStill)[0]).toEqual({
    text: 'late: it was to be acknowledged by Thu 19 Nov',
    isLate: true,
  })
  expect(said(tooLate)).toEqual([awaitedAnswer])
  expect(said(tooLate, 'acknowledged')).toEqual([awaitedAnswer])
})

test('an act is told as late where it came after its deadline, a withdrawal where nothing had come', () => {
  const at = tooLate.doneAt
  const deadlines = { acknowledgement: tooLate, answer: tooLate, word: null, settlement: null }
  const late = (kind: string, when: string | null, rest: Partial<ToldFlag['deadlines']> = {}) =>
    lateTextsOf({ kind, at: when } as ToldAct, { ...deadlines, ...rest })

  expect(late('flag.acknowledged', at, { answer: owedStill })).toEqual(['acknowledged late'])
  expect(late('flag.answered', at)).toEqual(['acknowledged late', 'answered late'])
  expect(late('flag.withdrawn', at, { acknowledgement: inTime })).toEqual(['not answered in time'])
  expect(late('flag.joined', '2026-11-21T00:00:01Z')).toEqual([])
  expect(late('flag.acknowledged', inTime.doneAt, { acknowledgement: inTime })).toEqual([])
})

test('a correction states what is otherwise and nothing else, by the clock of the city', () => {
  const once = {
    closedAt: '2026-03-01T09:00:30.000Z',
    closeReason: null,
    at: '2026-03-01T10:00:00Z',
  }
  const ticket = {
    ...{ status: 'closed', closedAt: '2026-03-01T15:20:40Z', respondedAt: null },
    reopenings: [once],
  } as unknown as Ticket
  const stated = { status: 'closed', closedAt: '2026-03-01T23:20', respondedAt: '2026-03-01T20:00' }
  expect(correctionOf(ticket, stated, 'Asia/Shanghai')).toEqual({
    from: { respondedAt: null },
    to: { respondedAt: '2026-03-01T12:00:00.000Z' },
  })
  expect(correctionOf(ticket, {}, 'Asia/Shanghai')).toBeUndefined()
  // One that nobody touched stays to the second; they are told in their order.
  const kept = { closedAt: '2026-03-01T17:00', closeReason: '', at: '2026-03-01T18:00' }
  const added = { closedAt: '2026-03-01T15:00', closeReason: ' done ', at: '2026-03-01T16:00' }
  const told = { closedAt: '2026-03-01T07:00:00.000Z', closeReason: 'done' }
  expect(correctionOf(ticket, { reopenings: [kept, added] }, 'Asia/Shanghai')).toEqual({
    from: { reopenings: [once] },
    to: { reopenings: [{ ...told, at: '2026-03-01T08:00:00.000Z' }, once] },
  })
  expect(correctionOf(ticket, { reopenings: [kept] }, 'Asia/Shanghai')).toBeUndefined()
  expect(correctionOf(ticket, { reopenings: [] }, 'Asia/Shanghai')).toMatchObject({
    to: { reopenings: [] },
  })
  expect([isUnfinished([kept]), isUnfinished([{ ...added, at: '' }])]).toEqual([false, true])
  expect(statedWith(stated, 'status', 'open')).toMatchObject({ closedAt: '', closeReason: '' })
})

test('a ticket is corrected by officials of where it lies and by the secretariat, and by no observer', () => {
  const lamp = { agency: 'PWD', area: 'Mill' } as PublicTicket
  const may = (...of: Parameters<typeof mine>) => mine(...of).some((one) => mayCorrect(one, lamp))
  expect(may(3, 'official', { agencies: ['PWD'] })).toBe(true)
  expect(may(3, 'official', { agencies: ['Parks'] })).toBe(false)
  expect(may(3, 'official', { agencies: ['PWD'], areas: ['Hill'] })).toBe(false)
  expect(may(4, 'secretariat')).toBe(true)
  expect(may(2, 'observer')).toBe(false)
})

test('a link to the list says the same again, without what no server understands', () => {
  const query = '?state=open%2Cdisputed&agency=PWD&late=true&q=%E8%B7%AF%E7%81%AF'
  expect(formatQuestion(parseQuestion(query))).toBe(query)
  expect(formatQuestion(parseQuestion('?state=nonsense&kind=slow&other=1'))).toBe('?kind=slow')
})

test('a draft is of what is pointed at, whenever it is looked at', () => {
  const claim = {
    kind: 'number',
    question: { measures: ['received'], window: '24h' },
    measure: 'received',
    row: null,
    at: [1, 2],
    saw: { value: 3 },
  } as const
  const later = { ...claim, at: [9, 9] as const, saw: { value: 4 } }
  expect(subjectOf(later as never)).toBe(subjectOf(claim as never))
  expect(subjectOf({ ...claim, row: 'PWD' } as never)).not.toBe(subjectOf(claim as never))
})

test('a form tells what its act takes, of the version that was seen, and what it cannot do without', () => {
  const words = {
    ...noWords('en'),
    text: 'Done',
    links: ' /tickets \n\nhttps://a.example/b \nLamp Act §3',
  }
  expect(bodyOf('answer', words, { files: [], version: 3 })).toEqual({
    template: null,
    text: 'Done',
    done: '',
    links: ['/tickets', 'https://a.example/b', { kind: 'rule', to: 'Lamp Act §3' }],
    attachments: [],
    language: 'en',
    version: 3,
  })
  const handing = { ...words, to: SECRETARIAT, reason: 'theirs' }
  expect(bodyOf('transfer', handing, { files: [], version: 1 })).toMatchObject({ to: null })
  const corrected = { ...words, ticket: 'https://city.example/tickets/q7R/LH-1%2F2?lang=zh' }
  expect(bodyOf('corrections', corrected, { files: [], version: 1 })).toMatchObject({
    ticket: 'q7R/LH-1/2',
  })
  expect(missingIn('dispute', words)).toBe('reason')
  expect(missingIn('joining', noWords('en'))).toBeUndefined()
})

test('what comes at once is told together, the first right away and the rest once in a while', async () => {
  const told: number[][] = []
  const gather = new Gather<number>((all) => told.push([...all]), 60)
  gather.add(1, 2)
  await vi.waitFor(() => expect(told).toEqual([[1, 2]]))
  for (const one of [3, 4, 4, 5]) gather.add(one)
  expect(told).toHaveLength(1)
  await vi.waitFor(() =>
    expect(told).toEqual([
      [1, 2],
      [3, 4, 5],
    ]),
  )
  gather.add(6)
  gather.stop()
  await new Promise((resolve) => setTimeout(resolve, 90))
  expect(told).toHaveLength(2)
})

test.each([
  ['provision', 'provision:shade/1/3', 'shade of consultation, provision 3'],
  ['provision', 'provision:shade', 'shade of consultation, the whole draft'],
  ['comment-group', 'comment-group:shade/17', 'shade of consultation, letter 17'],
  ['poll', 'poll:night', 'Poll “night of poll”'],
  ['poll', 'poll:night/hours', 'A question of “night of poll”'],
] as const)('a flag on a %s, %s, is called by its title', (kind, on, said) => {
  const titleOf = (noun: string, code: string) => `${code} of ${noun}`
  expect(onText({ evidence: { hash: '', kind, on } }, titleOf)).toBe(said)
})
