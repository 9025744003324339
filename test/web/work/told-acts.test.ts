import { expect, test } from 'vitest'
import type { ToldAct } from '../../../web/public-record/act-text.ts'
import { actsWithin, bySubject, happenedText, newestOf } from '../../../web/work/told-acts.ts'

const act = (
  kind: string,
  subject: string,
  body: ToldAct['body'] = {},
): Omit<ToldAct, 'id' | 'seq'> => ({
  ...{ at: '2026-11-23T05:00:00Z', kind, subject, href: '/', by: null },
  ...{ body, texts: {}, hash: '0'.repeat(64) },
})

const numbered = (newestFirst: readonly ReturnType<typeof act>[]): ToldAct[] =>
  newestFirst.map((one, at) => ({ ...one, id: -at, seq: -at }))

const told = (...newestFirst: ReturnType<typeof act>[]) =>
  bySubject(numbered(newestFirst)).map((one) => happenedText(one, (_, code) => `“${code}”`))

test('what happened is told of its subject, each step once and the first one first', () => {
  expect(
    told(
      act('flag.answered', 'flag:12'),
      act('suggestion.submitted', 'suggestion:7'),
      act('flag.noted', 'flag:12'),
      act('flag.noted', 'flag:12'),
    ),
  ).toEqual(['Flag 12: note added, answered', 'Suggestion 7: submitted'])
})

test('an act on a consultation is told of the consultation, by its title', () => {
  expect(told(act('reply.answered', 'reply:113', { consultation: 'night-ferry' }))).toEqual([
    '“night-ferry”: Comments answered',
  ])
})

test('an observer is told what lies in the jurisdiction, and what lies nowhere in particular', () => {
  const asked = actsWithin({ agencies: null, areas: ['Old', 'Hill'], categories: ['Lights'] })
  expect(Object.fromEntries(asked)).toEqual({
    limit: '60',
    area: 'Old,Hill,(none)',
    category: 'Lights,(none)',
  })
})

test('older ones are said to be kept where subjects or acts are left out', () => {
  const acts = numbered([
    act('flag.noted', 'flag:2'),
    act('flag.opened', 'flag:2'),
    act('flag.opened', 'flag:1'),
  ])
  const shown = (most: number, isCut: boolean) => {
    const { happened, hasOlder } = newestOf({ acts, isCut }, most)
    return [happened.map(({ subject }) => subject), hasOlder]
  }
  expect(shown(2, false)).toEqual([['flag:2', 'flag:1'], false])
  expect(shown(2, true)).toEqual([['flag:2', 'flag:1'], true])
  expect(shown(1, false)).toEqual([['flag:2'], true])
})
