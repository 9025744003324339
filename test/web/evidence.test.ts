import { expect, test } from 'vitest'
import type { PublicTicket } from '#shared/tickets.ts'
import type {
  AnsweringEvidence,
  NumberEvidence,
  TicketEvidence,
  Today,
} from '#shared/oversight/evidence.ts'
import { Claim } from '#shared/oversight/evidence.ts'
import type { ViewSpec } from '#shared/view.ts'
import { groupClaim, numberClaim, ticketClaim } from '../../web/evidence/evidence-of.ts'
import { scaleOf, unbroken } from '../../web/evidence/fortnight.ts'
import { intervalText, judgesOf } from '../../web/evidence/judges.ts'
import { ticketLines } from '../../web/evidence/ticket-text.ts'
import { todayTexts } from '../../web/evidence/today-text.ts'
import { aboutText, frozenWorked, titleOf, windowText } from '../../web/evidence/worded.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { exampleEvidence } from '../../web/specimens/example-evidence.ts'

const spec: ViewSpec = { id: 'agency', measures: ['onTimeRate'], by: 'agency', window: '24h' }
const view = {
  columns: [
    { id: 'agency' },
    { id: 'onTimeRate', measure: 'onTimeRate', field: 'value' },
    { id: 'onTimeRate.numerator', measure: 'onTimeRate', field: 'numerator' },
    { id: 'onTimeRate.n', measure: 'onTimeRate', field: 'n' },
  ],
  rows: [
    ['North', 0.75, 3, 4],
    ['South', null, 0, 0],
  ],
  totals: [null, 0.5, 4, 8],
} as const
const at = [12, 29_900_000] as const

test('a claim says the whole question and every field that the page shows, of a row or of the totals', () => {
  const claim = numberClaim({ spec, view, at, measure: 'onTimeRate', row: 'North' })

  expect(claim).toEqual({
    kind: 'number',
    question: { measures: ['onTimeRate'], by: 'agency', window: '24h' },
    measure: 'onTimeRate',
    row: 'North',
    at: [12, 29_900_000],
    saw: { value: 0.75, numerator: 3, n: 4 },
  })
  expect(Claim.parse(claim)).toEqual(claim)
  const totals = numberClaim({ spec, view, at, measure: 'onTimeRate' })
  expect([totals?.row, totals?.saw.value]).toEqual([null, 0.5])
})

test('I7: no data is claimed as no data; of what is not shown there is no claim', () => {
  const claim = (measure: 'onTimeRate' | 'open', row: string) =>
    numberClaim({ spec, view, at, measure, row })

  expect(claim('onTimeRate', 'South')?.saw).toEqual({ value: null, numerator: 0, n: 0 })
  expect(claim('onTimeRate', 'East')).toBeUndefined()
  expect(claim('open', 'North')).toBeUndefined()
})

test('a ticket is claimed by how it stood, a list without its page', () => {
  const ticket = {
    mark: 'm',
    id: '7',
    status: 'open',
    dueAt: null,
    closedAt: null,
    respondedAt: null,
  }
  const claims = [
    ticketClaim(ticket as PublicTicket, at),
    groupClaim({ query: 'agency=PWD&limit=50&after=xyz&by=area', at, group: 'Hill', tickets: 3 }),
  ]

  expect(claims[0]).toMatchObject({ saw: { status: 'open', dueAt: null } })
  expect(claims[1]).toMatchObject({ query: 'agency=PWD&by=area', group: 'Hill', saw: 3 })
  for (const claim of claims) expect(Claim.parse(claim)).toEqual(claim)
})

const shownAs = (state: string) => {
  const [, told] = exampleEvidence.find(([name]) => name === state)!
  if (told.kind !== 'shown' || !told.today) throw new Error(`${state} is not shown`)
  return todayTexts(told.evidence, told.today, createTimes('UTC')).map(
    ({ value, difference }) => [value, difference] as const,
  )
}

test.each([
  [
    'same',
    [
      ['57.2%', 'the same as then'],
      ['56.0%', undefined],
    ],
  ],
  ['other', [['58.0%', '+0.8 points, more than then']]],
  ['suppressed', [['fewer than 10', undefined]]],
  ['gone', [['not public any more', undefined]]],
] as const)('today is told beside what was frozen: %s', (state, texts) => {
  expect(shownAs(state)).toEqual(texts)
})

/** Of a ticket that was closed, reopened and closed again, and handed on once. */
function frozenTicket(): TicketEvidence {
  const [, told] = exampleEvidence.find(([name]) => name === 'gone')!
  if (told.kind !== 'shown' || told.evidence.kind !== 'ticket') throw new Error('not shown')
  const { evidence } = told
  const closedAt = '2026-11-18T12:00:00.000Z'
  const ticket = {
    ...evidence.ticket,
    ...({ status: 'closed', state: 'late', closedAt, closeReason: 'nothing-found' } as const),
    ...{ reopenings: 1, transfers: 1 },
  }
  const close = { ...evidence.clocks.close, at: closedAt }
  return { ...evidence, ticket, clocks: { ...evidence.clocks, close } }
}

test('all that was frozen of a ticket is told, a date alone where its source knows no more', () => {
  const evidence = frozenTicket()
  const lines = (more: Partial<TicketEvidence['ticket']> = {}) =>
    ticketLines({ ...evidence, ticket: { ...evidence.ticket, ...more } }, createTimes('UTC')).map(
      ({ id, text }) => [id, text],
    )

  expect(lines()).toEqual([
    ['received', '15 Nov 2026, 09:00'],
    ['respond', 'missed, target 18 Nov 2026, 09:00'],
    ['close', 'missed, done 18 Nov 2026, 12:00, nothing found, target 18 Nov 2026, 09:00'],
    ['reopenings', 'once'],
    ['transfers', 'once'],
  ])
  expect(lines({ precision: 'day', reopenings: 0, correction: 7 })).toEqual(
    expect.arrayContaining([
      ['received', '15 Nov 2026'],
      ['reopenings', 'never'],
      ['correction', 'by act 7'],
    ]),
  )
})

test('a ticket is the same as then only where nothing that is public of it is otherwise', () => {
  const evidence = frozenTicket()
  const today = (more: object, clocks: object = {}, members = evidence.members) => {
    const ticket = { ...evidence.ticket, ...more }
    const told = { state: 'told', asOf: evidence.asOf, ticket, members } as const
    const same = { ...told, clocks: { ...evidence.clocks, ...clocks } }
    const [text] = todayTexts(evidence, { kind: 'ticket', same }, createTimes('UTC'))
    return [text!.value, text!.difference]
  }
  const sewers = [{ dimension: 'agency', code: 'SEW', names: { en: 'Sewers' } }] as const

  expect(today({})).toEqual(['Closed late', 'the same as then'])
  // The city has opened areas since: nothing was known of it then.
  expect(today({ area: 'Hill' })).toEqual(['Closed late', 'the same as then'])
  expect(today({ closedAt: '2026-11-19T12:00:00.000Z', reopenings: 2 })).toEqual([
    'Closed late',
    'closed: 18 Nov 2026, 12:00, now 19 Nov 2026, 12:00; reopened: 1, now 2',
  ])
  expect(today({ agency: 'SEW', closeReason: 'resolved' }, {}, [...sewers])).toEqual([
    'Closed late',
    'agency: Streets and Lighting, now Sewers; reason: nothing found, now resolved',
  ])
  const answered = { ...evidence.clocks.respond, verdict: 'kept' }
  expect(today({ correction: 9 }, { respond: answered })[1]).toBe(
    'First answer: missed, now kept; corrected since then',
  )
  expect(today({ status: 'open', state: 'overdue', closedAt: null, closeReason: null })).toEqual([
    'Overdue',
    'then: Closed late; closed: 18 Nov 2026, 12:00, now –; reason: nothing found, now –',
  ])
})

test('what was nothing to divide by and is still is the same; what has become something is not compared', () => {
  const [, told] = exampleEvidence.find(([name]) => name === 'same')!
  if (told.kind !== 'shown') throw new Error('not shown')
  const evidence = {
    ...told.evidence,
    fields: { value: null, numerator: 0, n: 0 },
  } as NumberEvidence
  const differenceTo = (fields: NumberEvidence['fields']) => {
    const same = {
      state: 'told',
      asOf: evidence.asOf,
      fields,
      window: evidence.window,
      definitionVersion: 1,
    }
    const today = { kind: 'number', same } as Today
    return todayTexts(evidence, today, createTimes('UTC'))[0]!.difference
  }

  expect(differenceTo(evidence.fields)).toBe('the same as then')
  expect(differenceTo({ value: 0, numerator: 0, n: 3 })).toBeUndefined()
  expect(frozenWorked(evidence.fields, evidence)).toBe('0 ÷ 0 = no data')
})

test('how a draft is answered is told with its formula, and compared with how it is answered now', () => {
  const [, told] = exampleEvidence.find(([name]) => name === 'same')!
  if (told.kind !== 'shown') throw new Error('not shown')
  const { form, demonstration, at, asOf, policyVersion, contributionsVersion, picture, members } =
    told.evidence
  const evidence: AnsweringEvidence = {
    ...{ form, demonstration, at, asOf, policyVersion, contributionsVersion, picture, members },
    ...{ kind: 'answering', consultation: 'night-ferry', titles: { en: 'Night ferries' } },
    ...{ measure: 'answerRate', definitionVersion: 1 },
    fields: { value: 0.5, numerator: 2, n: 4 },
    saw: { value: 0.5, numerator: 2, n: 4 },
  }
  const same = {
    state: 'told',
    asOf,
    fields: { value: 0.6, numerator: 3, n: 5 },
    definitionVersion: 1,
  }
  const today = { kind: 'answering', same } as Today
  const times = createTimes('UTC')

  expect(titleOf(evidence)).toBe('Answer rate of drafts')
  expect(frozenWorked(evidence.fields, evidence)).toBe('2 ÷ 4 = 50.0%')
  expect(aboutText(evidence, times)).toContain('Night ferries')
  expect(windowText(evidence, times)).toBe('')
  expect(todayTexts(evidence, today, times)).toMatchObject([
    { value: '60.0%', difference: '+10.0 points, more than then' },
  ])
})

test('a member is called what it was called when it was frozen, though the page knows no names', () => {
  const [, told] = exampleEvidence.find(([name]) => name === 'same')!
  if (told.kind !== 'shown') throw new Error('not shown')

  expect(aboutText(told.evidence, createTimes('UTC'))).toBe('Streets and Lighting')
})

const gap = (fields: NumberEvidence['fields'], beside: NumberEvidence['beside'] = []) => ({
  measure: 'resolutionGap' as const,
  fields,
  beside,
})

test('a frozen gap says both judges of the same citizens, as they were told', () => {
  const fields = { value: 0.18, asserted: 225, confirmed: 180, n: 245 }
  const confirmed = {
    measure: 'resolutionConfirmed' as const,
    definitionVersion: 1,
    fields: { value: 0.73, numerator: 180, n: 245 },
  }

  expect(judgesOf(gap(fields, [confirmed]))).toEqual({
    citizens: { value: 0.73, hits: 180, n: 245 },
    agencies: { value: 0.92, hits: 225, n: 245 },
    gap: 0.18,
  })
  const nothing = judgesOf(gap({ value: null, asserted: null, confirmed: null, n: null }))
  expect([nothing?.citizens.value, nothing?.agencies.value]).toEqual([null, null])
  expect(judgesOf({ measure: 'onTimeRate', fields })).toBeUndefined()
  expect(intervalText({ value: 0.5, hits: 5, n: 10 })).toBe('95%: 24% to 76%')
  expect(intervalText({ value: null, hits: 0, n: 0 })).toBe('')
})

const fortnight = (values: (number | null)[], unit: 'share' | 'tickets' = 'share') => ({
  days: values.map((_, day) => ({ label: String(day), isWhole: true })),
  series: [{ name: 'x', color: '--series-1', ink: '--series-1-ink', values }],
  unit,
  isZeroBased: unit === 'tickets',
  write: String,
})

test('a fortnight stands between round marks, counts on zero, and breaks where a day is missing', () => {
  const marksOf = (told: ReturnType<typeof fortnight>) =>
    scaleOf(told)?.marks.map((mark) => Math.round(mark * 1000) / 1000)

  expect(marksOf(fortnight([0.63, 0.94, 0.7]))).toEqual([0.6, 0.8, 1])
  expect(marksOf(fortnight([0.5, 0.5]))).toEqual([0.5, 0.52, 0.54])
  expect(marksOf(fortnight([626, 2518], 'tickets'))).toEqual([0, 2000, 4000])
  expect(marksOf(fortnight([0, 0], 'tickets'))).toEqual([0, 1, 2])
  expect(scaleOf(fortnight([null, null]))).toBeUndefined()
  expect(unbroken([1, 2, null, null, 3, 4])).toEqual([
    [0, 1],
    [4, 5],
  ])
})
