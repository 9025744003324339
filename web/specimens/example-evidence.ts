import type { NumberEvidence, TicketEvidence } from '#shared/oversight/evidence.ts'
import type { EvidenceState } from '../evidence/Evidence.svelte'

const asOf = '2026-11-19T06:38:07.214Z'
const window = { start: '2026-11-18T06:39:00.000Z', end: '2026-11-19T06:39:00.000Z' }
const hash = 'c41d90aa5e7207bf'.repeat(4)

const common = {
  form: 1,
  demonstration: false,
  at: [18_234_907, 29_912_799] as [number, number],
  asOf,
  policyVersion: 3,
  contributionsVersion: 2,
  picture: null,
  members: [
    { dimension: 'agency', code: 'SL', names: { en: 'Streets and Lighting', zh: '道路照明处' } },
  ],
} satisfies Partial<NumberEvidence>

const rate: NumberEvidence = {
  ...common,
  kind: 'number',
  question: { measures: ['onTimeRate'], by: 'agency', window: '24h' },
  measure: 'onTimeRate',
  definitionVersion: 1,
  row: 'SL',
  window,
  basis: 'past',
  fields: { value: 287 / 502, numerator: 287, n: 502 },
  saw: { value: 287 / 502 },
}

const published: NumberEvidence = {
  ...rate,
  question: { measures: ['received'], by: 'agency', window: '2026-11-12/2026-11-19' },
  measure: 'received',
  basis: 'published',
  fields: { value: 15, 'value.low': 13, 'value.high': 17 },
  saw: { value: 15 },
}

const clock = {
  by: '2026-11-18T09:00:00.000Z',
  at: null,
  verdict: 'missed',
  seconds: -77_887,
} as const
const ticket: TicketEvidence = {
  ...common,
  kind: 'ticket',
  ticket: {
    mark: 'q7Rk2mXa0c',
    id: 'LH-2026-114302',
    agency: 'SL',
    status: 'open',
    precision: 'instant',
    receivedAt: '2026-11-15T09:00:00.000Z',
    respondBy: '2026-11-16T09:00:00.000Z',
    respondedAt: null,
    dueAt: clock.by,
    closedAt: null,
    closeReason: null,
    reopenings: 0,
    state: 'overdue',
  },
  clocks: { respond: clock, close: clock },
  saw: { status: 'open' },
}

const later = '2026-11-19T06:40:31.000Z'
const now = (numerator: number, n: number) => ({
  state: 'told' as const,
  asOf: later,
  fields: { value: numerator / n, numerator, n },
  window,
  definitionVersion: 1,
})

/** Evidence in every state, by the name of the state. */
export const exampleEvidence: readonly (readonly [state: string, told: EvidenceState])[] = [
  ['loading', { kind: 'loading' }],
  ['missing', { kind: 'missing' }],
  ['unreached', { kind: 'unreached' }],
  ['asking', { kind: 'shown', hash, evidence: rate }],
  [
    'same',
    {
      kind: 'shown',
      hash,
      evidence: rate,
      today: { kind: 'number', same: now(287, 502), rolled: now(279, 498) },
    },
  ],
  [
    'other',
    {
      kind: 'shown',
      hash,
      evidence: { ...rate, basis: 'recounted' },
      today: { kind: 'number', same: now(291, 502) },
    },
  ],
  [
    'suppressed',
    {
      kind: 'shown',
      hash,
      evidence: published,
      today: {
        kind: 'number',
        same: { ...now(0, 1), fields: { value: null, 'value.low': 1, 'value.high': 9 } },
      },
    },
  ],
  [
    'gone',
    {
      kind: 'shown',
      hash,
      evidence: ticket,
      today: { kind: 'ticket', same: { state: 'closed', why: '' } },
    },
  ],
]
