import { expect, test } from 'vitest'
import { DraftError, MOST, readDraft } from '#shared/consultations/read-draft.ts'

const outline = (text: string) =>
  readDraft(text).map(({ id, within, heading, text }) => [id, within, heading, text])

test('Markdown with chapters, articles and clauses is read as a tree', () => {
  const draft = `# Night ferry rules

These rules keep the bay quiet.

## Chapter I. Sailings

### Article 1. Speed
Between 23:00 and 06:00
a ferry makes 6 knots.
(1) At the quay it makes 4.
(2) In fog it makes 3.

### Article 2a. Horns
No horn sounds.

## Chapter 2: Noise
**Article 3.** The limit is 55 dB.`
  expect(outline(draft)).toEqual([
    ['preamble', null, '', 'Night ferry rules\nThese rules keep the bay quiet.'],
    ['c1', null, 'Sailings', ''],
    ['1', 'c1', 'Speed', 'Between 23:00 and 06:00\na ferry makes 6 knots.'],
    ['1.1', '1', '', 'At the quay it makes 4.'],
    ['1.2', '1', '', 'In fog it makes 3.'],
    ['2a', 'c1', 'Horns', 'No horn sounds.'],
    ['c2', null, 'Noise', ''],
    ['3', 'c2', '', 'The limit is 55 dB.'],
  ])
})

test('Chinese numbers are read, in characters, digits and with a part after them', () => {
  const draft = `第一章 总则
第一条 为了保障安静，制定本规则。
第十二条之一　渡轮不得鸣笛。
（一）除保障安全所必需外；
（二）雾天除外。
第２３条 自公布之日起施行。`
  expect(outline(draft)).toEqual([
    ['c1', null, '总则', ''],
    ['1', 'c1', '', '为了保障安静，制定本规则。'],
    ['12-1', 'c1', '', '渡轮不得鸣笛。'],
    ['12-1.1', '12-1', '', '除保障安全所必需外；'],
    ['12-1.2', '12-1', '', '雾天除外。'],
    ['23', 'c1', '', '自公布之日起施行。'],
  ])
})

test('paragraph signs number articles, and a number that comes again is told apart', () => {
  expect(outline('§ 1 Scope\nAll.\n§2\nNone.\n§ 1 Annex').map(([id]) => id)).toEqual([
    '1',
    '2',
    '1~2',
  ])
})

test.each([
  ['a word that only looks like one', 'Article 1\nArticles of faith are none.\n§', 1],
  ['a year in brackets', 'Article 1\nThe Act (1998) holds.', 1],
  ['a reference', 'Article 1\nArticle 9(2) applies.\nSection 4, second sentence, holds.', 1],
  ['a reference that a line break cut off', 'Article 1\nas laid down in\nArticle 9 of the Act.', 1],
  ['a reference under a sign', '§ 1\n§ 9 (2) (b) applies.', 1],
  [
    'a Chinese reference',
    '第一条\n第三条第二款规定的期限为十日。\n第三条规定的罚款。\n第三条之一所称船舶。\n第四条、第五条和第六条除外。\n第七条至第九条适用。',
    1,
  ],
])('%s begins no provision', (_, draft, count) => {
  expect(readDraft(draft)).toHaveLength(count)
})

test('what is marked as a heading, or has a heading’s own words, is no reference', () => {
  const draft = `### Article 1 speed limits
Article 2 (Horns) No horn sounds.
**Article 3** applies to all.
§ 4 (1) Nobody shouts.
第五条为了保障安静，制定本规则。
第六条、第三方不得鸣笛。
第七条 规定另行公布。`
  expect(outline(draft).map(([id]) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
})

test.each<[what: string, draft: string, line: number, why: string]>([
  ['nothing numbered', 'We would like it quiet.', 1, 'no numbered article'],
  ['nothing at all', '', 1, 'no numbered article'],
  ['a script', 'Article 1\n<script>alert(1)</script>', 2, 'markup'],
  ['a picture that runs', 'Article 1 <img src=x onerror=alert(1)>', 1, 'markup'],
  ['a link that runs', 'Article 1\n[here](javascript:alert(1))', 2, 'markup'],
  ['text turned around', 'Article 1\nno \u202eyes', 2, 'control characters'],
  ['a depth of ten thousand', `Article 1\n${'#'.repeat(10_000)} deep`, 2, 'deeper than 6'],
])('a draft of %s is refused, and where', (_, draft, line, why) => {
  const refused = refusalOf(draft)
  expect(refused).toMatchObject({ line, message: expect.stringContaining(why) })
})

test('a million provisions, a provision without end and an endless draft are refused at once', () => {
  const startedAt = performance.now()
  const many = refusalOf('§ 1 A\n'.repeat(160_000))
  expect(many).toMatchObject({ line: MOST.provisions + 1 })
  expect(refusalOf('Article 1\n' + 'a\n'.repeat(30_000)).message).toMatch('one provision longer')
  expect(refusalOf('Article 1\n'.repeat(1_000_000)).message).toMatch('is longer than')
  expect(performance.now() - startedAt).toBeLessThan(1000)
})

function refusalOf(draft: string): DraftError {
  try {
    readDraft(draft)
  } catch (error) {
    if (error instanceof DraftError) return error
    throw error
  }
  throw new Error('It was read.')
}
