import { expect, test } from 'vitest'
import type { ToldAct } from '../../../web/public-record/act-text.ts'
import { bySubject, happenedText } from '../../../web/work/told-acts.ts'

const act = (
  kind: string,
  subject: string,
  body: ToldAct['body'] = {},
): Omit<ToldAct, 'id' | 'seq'> => ({
  ...{ at: '2026-11-23T05:00:00Z', kind, subject, href: '/', by: null },
  ...{ body, texts: {}, hash: '0'.repeat(64) },
})

const told = (...newestFirst: ReturnType<typeof act>[]) =>
  bySubject(newestFirst.map((one, at) => ({ ...one, id: -at, seq: -at }))).map((one) =>
    happenedText(one, (_, code) => `“${code}”`),
  )

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
