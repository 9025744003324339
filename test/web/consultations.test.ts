import { expect, test } from 'vitest'
import { inOneLanguage } from '#shared/consultations/in-one-language.ts'
import { matchDrafts } from '#shared/consultations/match-drafts.ts'
import { readDraft } from '#shared/consultations/read-draft.ts'
import type { ConsultationDetail } from '#shared/consultations/told.ts'
import { distinctText } from '../../web/consultations/distinct-text.ts'
import { beforeOf, type Line, readingsOf } from '../../web/consultations/readings.ts'
import { learn } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'

type Written = Readonly<Record<string, string>>

/** Two drafts as the page is told them. */
function comparing(
  was: Written,
  is: Written,
): Pick<ConsultationDetail, 'texts' | 'before' | 'matches'> {
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
  expect(beforeOf(told, '1', [reading!])).toEqual({ kind: 'changed', number: 1, ids: ['1'] })
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
