import { expect, test } from 'vitest'
import { appointment } from '../support/appointment.ts'
import type { Appointment } from '../../web/accounts/mine.svelte.ts'
import {
  actionBody,
  blankAction,
  missingFrom,
  SECRETARIAT,
} from '../../web/suggestions/action-form.ts'
import { offered } from '../../web/suggestions/actions.ts'
import { blankDraft, formOf, missingIn, withinOf, withLink } from '../../web/suggestions/draft.ts'
import { apiPath, formatQuestion, parseQuestion } from '../../web/suggestions/question.ts'
import { dueText, wasLateTexts } from '../../web/suggestions/stage-text.ts'
import { learn } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'

test('a question is written and read as the same, and the board stays the board', () => {
  for (const query of ['', '?agency=PWD', '?view=list', '?state=declined&q=lamps&view=list']) {
    expect(formatQuestion(parseQuestion(query))).toBe(query)
  }
  expect(apiPath(parseQuestion('?agency=PWD'))).toBe('/suggestions/board?agency=PWD')
  expect(apiPath(parseQuestion('?late=true&state=nonsense'))).toBe('/suggestions?late=true')
})

test('a form says which field is missing first, and is sent with what a link named', () => {
  const draft = withLink(blankDraft('en'), `?flag=7&flag=x&evidence=${'a'.repeat(64)}&evidence=no`)
  expect([draft.flags, draft.evidence]).toEqual([[7], ['a'.repeat(64)]])
  expect(withLink(draft, '?flag=7').flags).toEqual([7])
  expect(missingIn(draft)?.path).toBe('target')
  expect(missingIn({ ...draft, target: 'rule', title: 'x', text: ' ' })?.path).toBe('text')
  expect(formOf({ ...draft, files: [{ hash: 'f', name: 'n' }], area: 'old' })).toMatchObject({
    ...{ agency: null, area: 'old', attachments: ['f'], flags: [7] },
  })
})

test('members are those of any of one’s appointments', () => {
  const near = appointment('observer', { areas: ['a'] })
  expect(withinOf('area', [near, appointment('observer', { areas: ['b'] })])).toEqual(['a', 'b'])
  expect(withinOf('area', [near, appointment('observer')])).toBeUndefined()
})

const about = { agency: 'PWD', area: null, category: null, author: { id: 9, name: '' } }
const stages = ['submitted', 'under-review', 'adopted', 'declined'] as const
const offers = (
  me: Appointment[],
  endorsedBy: number[] = [],
  { all = me.map(({ id }) => id), area = null as string | null } = {},
) =>
  stages.map((state) => offered({ ...about, area, state }, { current: me, all, endorsedBy }).join())

test.each([
  ['nobody', [], ['', '', '', '']],
  ['an observer', [appointment('observer')], ['endorsements', 'endorsements', '', '']],
  [
    'an official of its agency',
    [appointment('official', { agencies: ['PWD'] })],
    ['review,transfer', 'adoption,partial-adoption,refusal,transfer', 'implementation', ''],
  ],
  ['an official of another', [appointment('official', { agencies: ['Parks'] })], ['', '', '', '']],
] as const)('%s is offered what their appointment is for', (_who, me, expected) => {
  expect(offers([...me])).toEqual(expected)
})

test('an observer endorses what is about no area, or about one of theirs', () => {
  const me = [appointment('observer', { areas: ['x'] })]
  expect(offers(me)[0]).toBe('endorsements')
  expect(offers(me, [], { area: 'x' })[0]).toBe('endorsements')
  expect(offers(me, [], { area: 'y' })[0]).toBe('')
})

test('who endorsed may take it back, and who submitted may withdraw before the review', () => {
  expect(offers([appointment('observer')], [1])[0]).toBe('unendorsement')
  expect(offers([appointment('secretariat')], [], { all: [1, 9] })).toEqual([
    'withdrawal',
    '',
    '',
    '',
  ])
})

test('an action asks for what its route needs, and sends nothing else', () => {
  const fields = blankAction('implementation')()
  expect(missingFrom('implementation', fields)?.path).toBe('reason')
  const told = { ...fields, text: 'Done.', links: [{ kind: 'rule' as const, to: '4' }] }
  expect(missingFrom('implementation', told)?.path).toBe('evidence')
  const evidence = `https://city.example/evidence/${'b'.repeat(64)}`
  expect(actionBody('implementation', { ...told, evidence }, 3)).toEqual({
    ...{ version: 3, reason: 'Done.', links: [{ kind: 'rule', to: '4' }] },
    ...{ evidence: ['b'.repeat(64)], attachments: [] },
  })
  const transfer = { ...blankAction('transfer')(), text: 'Theirs.', agency: SECRETARIAT }
  expect(actionBody('transfer', transfer, 1)).toEqual({
    ...{ version: 1, reason: 'Theirs.', agency: null },
  })
  expect(actionBody('review', fields, 1)).toEqual({ version: 1 })
})

test('a deadline is told by its day, and what is late by how many days', async () => {
  await learn(['suggestion'])
  const times = createTimes('UTC')
  const due = (state: 'submitted' | 'adopted', dueBy: string | null) =>
    dueText({ state, dueBy, isLate: false }, Date.parse('2026-11-20T12:00Z'), times)
  expect(due('submitted', '2026-11-24T00:00Z')).toBe('review due Mon 23 Nov')
  expect(due('submitted', '2026-11-24T15:00Z')).toBe('review due Tue 24 Nov')
  expect(due('submitted', '2026-11-18T11:00Z')).toBe('review 2 days late')
  expect(due('submitted', '2026-11-20T11:00Z')).toBe('review late since today')
  expect(due('adopted', null)).toBeUndefined()
  // What is late still is told by its deadline.
  const late = { review: true, decision: true }
  const [reviewedAt, decidedAt] = ['2026-11-18T11:00Z', '2026-11-20T11:00Z']
  expect(wasLateTexts({ late, reviewedAt: null, decidedAt: null })).toEqual([])
  expect(wasLateTexts({ late, reviewedAt, decidedAt: null })).toEqual(['reviewed late'])
  expect(wasLateTexts({ late, reviewedAt, decidedAt })).toEqual(['reviewed late', 'decided late'])
  const onTime = { review: false, decision: false }
  expect(wasLateTexts({ late: onTime, reviewedAt, decidedAt })).toEqual([])
})
