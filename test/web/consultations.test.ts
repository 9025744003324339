import { expect, test } from 'vitest'
import { inOneLanguage } from '#shared/consultations/in-one-language.ts'
import { matchDrafts } from '#shared/consultations/match-drafts.ts'
import { readDraft } from '#shared/consultations/read-draft.ts'
import { distinctText } from '../../web/consultations/distinct-text.ts'
import { peopleText } from '../../web/consultations/people-text.ts'
import { goneFrom, itemName, labelsIn, namesIn } from '../../web/consultations/provision-name.ts'
import { beforeOf, goneReadings, type Line, readingsOf } from '../../web/consultations/readings.ts'
import { unansweredOf } from '../../web/consultations/replies.ts'
import { chaptersOf, stripOf } from '../../web/consultations/strip.ts'
import { learn } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'

type Written = Readonly<Record<string, string>>

/** Two drafts as the page is told them. */
function comparing(was: Written, is: Written) {
  const read = (written: Written, number: number) =>
    Object.fromEntries(
      Object.entries(written).map(([language, text]) => [
        language,
        readDraft(text).map((one) => ({ ...one, key: `rules/${number}/${one.id}` })),
      ]),
    )
  const [before, texts] = [read(was, 1), read(is, 2)]
  return {
    texts,
    before: { number: 1, texts: before },
    matches: matchDrafts(...inOneLanguage(before, texts)),
  }
}

/** What was put in and taken out, as `+in+` and `-out-`. */
const marked = ({ provision, stretches, isGone }: Line): string => {
  const sign = { same: '', in: '+', out: '-' }
  const text = stretches.map(({ kind, text }) => sign[kind] + text + sign[kind]).join('')
  return [provision.label, isGone ? 'gone' : '', text].filter(Boolean).join(' ')
}

test('while comments are compared it is said up to when, and no 0 stands for none', async () => {
  await learn(['consultation'])
  const times = createTimes('UTC')
  const upTo = Date.parse('2026-03-02T09:00:05Z')
  const text = (distinct: number, waiting?: number, isWithin = false) =>
    distinctText('rules', (name) => (name === 'commentsDistinct' ? distinct : 1200), {
      times,
      isWithin,
      uncompared: { upTo, comments: { other: 7, ...(waiting && { rules: waiting }) } },
    })
  expect(text(0, 1200)).toEqual({
    value: 'counting',
    foot: 'counted up to 09:00:05: 0 of 1,200 compared with the others',
  })
  expect(text(310, 800)).toEqual({
    value: '310 so far',
    foot: 'counted up to 09:00:05: 400 of 1,200 compared with the others',
  })
  expect(text(310, 800, true).foot).toBe('counted up to 09:00:05')
  // Too many wait to say how many, or of which.
  expect(
    distinctText('rules', () => 700, {
      ...{ times, isWithin: false },
      uncompared: { upTo, comments: { other: 7 }, isMore: true },
    }),
  ).toEqual({ value: '700 so far', foot: 'counted up to 09:00:05' })
  // That of another consultation says nothing of this one.
  expect(text(700)).toEqual({
    value: '700',
    foot: '500 are nearly the same as an earlier one',
  })
})

const quays = `Article 1. Quays
A quay is lit at night:
(1) with lamps;
(2) until the last boat has left;
(3) on Sundays too.
Article 2. Steps
Steps are swept.`

test('every change in an article is marked, of its clauses too, and nothing is called the same that changed', () => {
  const told = comparing(
    { en: quays },
    {
      en: quays
        .replace('(1) with lamps;\n', '')
        .replace('has left;', 'has left and come back;\n(4) in fog;'),
    },
  )
  const [reading] = readingsOf(told, '1')
  expect(reading!.lines.map(marked)).toEqual([
    'Article 1 A quay is lit at night:',
    '(1) gone -with lamps;-',
    '(2) until the last boat has left+ and come back+;',
    '(4) +in fog;+',
    '(3) on Sundays too.',
  ])
  expect(beforeOf(told, '1', [reading!])).toMatchObject({ kind: 'changed', number: 1, ids: ['1'] })
  expect(beforeOf(told, '2', readingsOf(told, '2'))?.kind).toBe('kept')
})

test('what changed in one language alone is marked in that one, and a clause that went to another article in both articles', () => {
  const zh = '第一条 码头夜间照明：\n（一）用灯；\n第二条 台阶每日清扫。'
  const en =
    'Article 1\nA quay is lit at night:\n(1) with lamps;\nArticle 2\nSteps are swept every day.'
  const told = comparing({ en, zh }, { en, zh: zh.replace('用灯', '用红灯') })
  const readings = readingsOf(told, '1')
  expect(readings.map(({ lines }) => lines.map(marked))).toEqual([
    ['Article 1 A quay is lit at night:', '(1) with lamps;'],
    ['第一条 码头夜间照明：', '（一） 用+红+灯；'],
  ])
  expect(beforeOf(told, '1', readings)?.kind).toBe('changed')

  const moved = comparing({ en }, { en: en.replace('(1) with lamps;\n', '') + '\n(1) with lamps;' })
  expect(readingsOf(moved, '1')[0]!.lines.map(marked)).toEqual([
    'Article 1 A quay is lit at night:',
    '(1) gone -with lamps;-',
  ])
  expect(readingsOf(moved, '2')[0]!.lines.map(marked)).toEqual([
    'Article 2 Steps are swept every day.',
    '(1) +with lamps;+',
  ])
  const headed = comparing({ en }, { en: en.replace('Article 2', 'Article 2. Sweeping') })
  expect(readingsOf(headed, '2')[0]!.lines.map(marked)).toEqual([
    'Article 2 +Sweeping\n+Steps are swept every day.',
  ])
  const added = comparing({ en }, { en: `${en}\nArticle 3\nNobody is fined.\n(1) Never.` })
  expect(readingsOf(added, '3')[0]!.lines.map(marked)).toEqual([
    'Article 3 Nobody is fined.',
    '(1) Never.',
  ])
})

test('what is said on a preamble, on a chapter, on what was taken out and on what no draft has is told apart, each by a name', () => {
  const draft = `Quay rules\nChapter 1. Light\nArticle 1\n${'A quay is lit.'}\nChapter 2. Steps\nArticle 2\nSteps are swept.`
  const read = (text: string, number: number) =>
    readDraft(text).map((one) => ({ ...one, key: `rules/${number}/${one.id}` }))
  const provisions = read(draft, 1)
  const [, ...fines] = read('Article 1\nA\nArticle 3\nWho breaks it pays.\n(1) Twice.', 1)
  const gone = fines.map((one) => ({
    ...{ key: one.key, draft: 1, texts: { en: { ...one, of: one.within && 'Article 3' } } },
    keys: one.kind === 'article' ? fines.map(({ key }) => key) : [one.key],
  }))
  const columns = ['provision', 'commentsPublished', 'peopleOfProvision'].map((id) => ({ id }))
  const rows = ['preamble', 'c2', '2', '3.1', '99'].map((id, at) => [`rules/1/${id}`, at + 1, at])
  const view = {
    columns,
    rows: [['(none)', 7], ...rows],
  }
  const items = stripOf({ provisions, gone: goneFrom({ gone }) }, view as never)
  expect(items.map((one) => [itemName(one), one.comments])).toEqual([
    ['All of the draft', 7],
    ['Preamble', 1],
    ['Article 1', 0],
    ['Chapter 2 Steps', 2],
    ['Article 2', 3],
    ['Article 3 of draft 1, taken out since', 4],
    ['In no draft shown: rules/1/99', 5],
  ])
  expect([1, 3, 5].map((at) => peopleText(items[at]!))).toEqual([
    'by 0 people and organisations',
    'by 1 person or organisation',
    'by 3 people and organisations, once in each part of it',
  ])
  expect(chaptersOf(provisions, items)).toEqual([
    { id: '', name: '', columns: 2 },
    { id: 'c1', name: 'Light', columns: 1 },
    { id: 'c2', name: 'Steps', columns: 2 },
    { id: '', name: '', columns: 2 },
  ])
  expect(items.map(({ keys }) => keys[0])).toEqual([
    '(none)',
    ...['preamble', '1', 'c2', '2', '3', '99'].map((id) => `rules/1/${id}`),
  ])
  // Each is read, but what is in no draft.
  const told = { texts: { en: provisions }, before: null, matches: null }
  const lines = [...readingsOf(told, 'preamble'), ...goneReadings({ gone }, 'rules/1/3')]
  expect(lines.map(({ lines }) => lines.map(marked))).toEqual([
    ['Quay rules'],
    ['Article 3 gone -Who breaks it pays.-', '(1) gone -Twice.-'],
  ])
  // And each is to be answered.
  const replies = { replies: [], inGroups: {}, openGroups: 0, answerBy: 0 }
  expect(unansweredOf(items, replies)).toHaveLength(6)
  expect(labelsIn(told.texts, ['preamble', 'c1', '2'])).toBe('Preamble, Chapter 1, Article 2')
  expect(labelsIn({ en: fines }, ['3.1'])).toBe('Article 3 (1)')
  expect(namesIn({ texts: told.texts, gone })('rules/1/3.1')).toBe(
    'Article 3 (1) of draft 1, taken out since',
  )
})
