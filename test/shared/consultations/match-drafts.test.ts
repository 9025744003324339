import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOneLanguage } from '#shared/consultations/in-one-language.ts'
import { matchDrafts } from '#shared/consultations/match-drafts.ts'
import { readDraft } from '#shared/consultations/read-draft.ts'

const speed = 'Between 23:00 and 06:00 a ferry enters the inner harbour at no more than 8 knots.'
const horn = 'No ferry sounds its horn at night except where safety requires it.'
const last = 'The last departure from Old Quay is at two on Fridays and at one on other days.'
const limit = 'The sound measured at the nearest window stays below fifty-five decibels.'
const fines = 'Whoever breaks these rules pays a fine that the harbour master sets.'
const boards = 'Boards at each pier show departures, delays and the sound measured last.'

const numbered = (...texts: string[]) =>
  readDraft(texts.map((text, at) => `Article ${at + 1}\n${text}`).join('\n'))

interface Edit {
  name: string
  before: string[]
  after: string[]
  /** `kind before>after`, in the order of the new draft. */
  wanted: string[]
}

const edits: Edit[] = [
  {
    name: 'nothing',
    before: [speed, horn],
    after: [speed, horn],
    wanted: ['kept 1>1', 'kept 2>2'],
  },
  {
    name: 'a word changed',
    before: [speed, horn],
    after: [speed.replace('8', '6'), horn],
    wanted: ['changed 1>1', 'kept 2>2'],
  },
  {
    name: 'one put in front, so that all are renumbered',
    before: [speed, horn, last],
    after: [boards, speed, horn, last],
    wanted: ['added >1', 'kept 1>2', 'kept 2>3', 'kept 3>4'],
  },
  {
    name: 'one moved to the end',
    before: [speed, horn, last],
    after: [horn, last, speed],
    wanted: ['kept 2>1', 'kept 3>2', 'kept 1>3'],
  },
  {
    name: 'one moved and changed',
    before: [speed, horn, last],
    after: [last, speed.replace('8', '6'), horn],
    wanted: ['kept 3>1', 'changed 1>2', 'kept 2>3'],
  },
  {
    name: 'one taken out',
    before: [speed, horn, last],
    after: [speed, last],
    wanted: ['kept 1>1', 'kept 3>2', 'removed 2>'],
  },
  {
    name: 'one split in two',
    before: [`${speed} ${last}`, horn],
    after: [speed, last, horn],
    wanted: ['split 1>1,2', 'kept 2>3'],
  },
  {
    name: 'two merged into one',
    before: [speed, horn, last],
    after: [`${speed} ${horn}`, last],
    wanted: ['merged 1,2>1', 'kept 3>2'],
  },
  {
    name: 'one replaced by another under its number',
    before: [speed, fines],
    after: [boards, fines],
    wanted: ['added >1', 'kept 2>2', 'removed 1>'],
  },
  {
    name: 'two that said the same made one',
    before: [horn, limit, horn],
    after: [limit, horn],
    wanted: ['kept 2>1', 'merged 1,3>2'],
  },
  {
    name: 'much rewritten under the same number',
    before: [last, limit],
    after: [
      'The last departure from Old Quay is at half past midnight, every day but Sunday.',
      limit,
    ],
    wanted: ['changed 1>1', 'kept 2>2'],
  },
]

test.each(edits)('an edit is told: $name', ({ before, after, wanted }) => {
  expect(told(matchDrafts(numbered(...before), numbered(...after)))).toEqual(wanted)
})

test('an edit of a Chinese draft is told by its characters', () => {
  const before = readDraft(
    '第一条 每日23时至次日6时，渡轮航速不得超过8节。\n第二条 旧埠末班船的开航时间为1时。',
  )
  const after = readDraft(
    '第一条 为了保障安静，制定本规则。\n第二条 每日23时至次日6时，渡轮航速不得超过6节，不得鸣笛。\n第三条 旧埠末班船的开航时间为1时。',
  )
  expect(told(matchDrafts(before, after))).toEqual(['added >1', 'changed 1>2', 'kept 2>3'])
})

test('whatever was edited, each provision of both drafts is told once', () => {
  const texts = fc.array(fc.constantFrom(speed, horn, last, limit, `${speed} ${horn}`, fines), {
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const [before, after] = [numbered(...one), numbered(...other)]
      const matches = matchDrafts(before, after)
      const ids = (side: 'before' | 'after') => matches.flatMap((match) => match[side]).sort()
      expect(ids('before')).toEqual(before.map(({ id }) => id).sort())
      expect(ids('after')).toEqual(after.map(({ id }) => id).sort())
    }),
  )
})

test('drafts of two thousand provisions are matched within seconds', () => {
  const words = (seed: number) =>
    Array.from({ length: 30 }, (_, at) => `w${(seed * 7919 + at * 104729) % 5000}`).join(' ')
  const before = numbered(...Array.from({ length: 2000 }, (_, at) => words(at)))
  const after = numbered(...Array.from({ length: 2000 }, (_, at) => `${words(at)} more`))
  const startedAt = performance.now()
  const matches = matchDrafts(before, after)
  expect(matches.every(({ kind }) => kind === 'changed')).toBe(true)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

const told = (matches: ReturnType<typeof matchDrafts>) =>
  matches.map(({ kind, before, after }) => `${kind} ${before.join()}>${after.join()}`)

test.each([
  ['that both are told in', ['zh', 'en-GB'], ['en-GB', 'zh'], 'en-GB', 'en-GB'],
  ['that the later keeps', ['ar', 'zh'], ['zh'], 'zh', 'zh'],
  ['of their own, where they share none', ['zh'], ['en'], 'zh', 'en'],
])('drafts are compared in the first language %s', (_, old, now, before, after) => {
  const texts = (languages: string[]) =>
    Object.fromEntries(languages.map((one) => [one, readDraft(`Article 1\nIn ${one}.`)]))
  const compared = inOneLanguage(texts(old), texts(now))
  expect(compared.map(([article]) => article!.text)).toEqual([`In ${before}.`, `In ${after}.`])
})
