import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Continues, correctMatches } from '#shared/consultations/correct-matches.ts'
import { matchDrafts } from '#shared/consultations/match-drafts.ts'
import type { Provision } from '#shared/consultations/provision.ts'

const article = (id: string, text: string): Provision => ({
  ...{ id, kind: 'article', label: `Article ${id}`, heading: '', text, within: null },
})
const before = [
  article('1', 'Ferries make six knots.'),
  article('2', 'No horn sounds.'),
  article('3', 'Cranes rest.'),
]
const after = [
  article('1', 'Ferries make six knots.'),
  article('2', 'Whistles are left at home at night.'),
  article('3', 'Loading ends at ten.'),
]
const proposed = matchDrafts(before, after)
const corrected = (continues: Continues) => correctMatches(proposed, continues, { before, after })

test('what is proposed stays where nothing else is said', () => {
  expect(corrected({})).toEqual(proposed)
  expect(proposed.filter(({ kind }) => kind === 'added')).toHaveLength(2)
})

test.each<[what: string, continues: Continues, wanted: string[]]>([
  ['goes on', { 2: ['2'] }, ['kept 1>1', 'changed 2>2', 'added >3', 'removed 3>']],
  [
    'is new',
    { 1: [] },
    ['added >1', 'added >2', 'added >3', 'removed 1>', 'removed 2>', 'removed 3>'],
  ],
  ['is split', { 2: ['2'], 3: ['2'] }, ['kept 1>1', 'split 2>2,3', 'removed 3>']],
  ['is split off', { 2: ['1'] }, ['split 1>1,2', 'added >3', 'removed 2>', 'removed 3>']],
  ['is made of two', { 3: ['2', '3'] }, ['kept 1>1', 'added >2', 'merged 2,3>3']],
  [
    'is the same word for word',
    { 1: ['1'] },
    ['kept 1>1', 'added >2', 'added >3', 'removed 2>', 'removed 3>'],
  ],
])('the secretariat says that a provision %s', (_, continues, wanted) => {
  expect(
    corrected(continues).map(({ kind, before, after }) => `${kind} ${before}>${after}`),
  ).toEqual(wanted)
})

test.each<[what: string, continues: Continues, where: string, why: string]>([
  ['of no provision of the draft', { 9: ['1'] }, '9', 'no provision of this draft'],
  ['from none of the draft before', { 2: ['9'] }, '2', 'no such one'],
  ['both ways at once', { 1: ['1', '2'], 2: ['2'] }, '1', 'a part of one, and several made one'],
])('a correction %s is refused', (_, continues, where, why) => {
  expect(() => corrected(continues)).toThrow(
    expect.objectContaining({ where, message: expect.stringContaining(why) }),
  )
})

test('whatever is corrected, each provision of both drafts is told once', () => {
  const id = fc.constantFrom('1', '2', '3')
  fc.assert(
    fc.property(fc.dictionary(id, fc.uniqueArray(id, { maxLength: 1 })), (continues) => {
      const matches = corrected(continues)
      expect(matches.flatMap((one) => one.after).sort()).toEqual(['1', '2', '3'])
      expect(matches.flatMap((one) => one.before).sort()).toEqual(['1', '2', '3'])
    }),
  )
})
