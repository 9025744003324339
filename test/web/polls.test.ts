import { expect, test } from 'vitest'
import type { ToldQuestion, ToldStatement } from '#shared/polls/told.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { learn } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { choiceLines } from '../../web/polls/choices.ts'
import { daysData } from '../../web/polls/days.ts'
import { scatterGroups } from '../../web/polls/groups.ts'
import { statementLines } from '../../web/polls/statement-lines.ts'

const columns = (...ids: string[]) => ids.map((id) => ({ id }))
const texts = { en: 'x' }

const question: ToldQuestion = {
  ...{ id: 'q', texts, most: 2 },
  choices: ['a', 'b'].map((id) => ({ id, key: `p/q/${id}`, texts })),
}

test('a choice has its share, its interval and its days up to today; of nobody it has none', () => {
  const view = {
    ...{ id: 'choices', columns: columns('choice.key', 'choice', 'choice.chosen', 'choice.n') },
    rows: [['p/q/a', 0.5, 1, 2] as const],
    totals: [null, null, null] as const,
  }
  const days = {
    ...{ id: 'days', columns: columns('choice.key', 'choice') },
    rows: [
      ['p/q/a 2026-03-01T00:00:00Z', 0.5] as const,
      ['p/q/a 2026-03-02T00:00:00Z', null] as const,
      ['p/q/a 2026-03-03T00:00:00Z', null] as const,
    ],
    totals: [null] as const,
  }
  const [a, b] = choiceLines(question, { view, days, today: '2026-03-02T12:00:00Z' })
  expect(a).toMatchObject({ chosen: 1, n: 2, share: 0.5, days: [0.5, null] })
  expect(a!.interval[0]).toBeCloseTo(0.0945, 3)
  expect(b).toMatchObject({ chosen: 0, n: 0, share: null, interval: [0, 1], days: [] })
})

test('statements stand with those on which most have voted first, and one without votes has no interval', () => {
  const statements = ['1', '2'].map((id): ToldStatement => ({
    ...{ id, key: `p/${id}`, texts, isSeed: true, receivedAt: 0 },
  }))
  const names = ['agree', 'n', 'disagree', 'pass'].map((name) => `agreement.${name}`)
  const view = {
    ...{ id: 'statements', columns: columns('statement', 'agreement', ...names) },
    rows: [['p/2', 0.5, 2, 4, 1, 1] as const],
    totals: [null] as const,
  }
  const [first, second] = statementLines(statements, view)
  expect(first).toMatchObject({ n: 4, share: { agree: 2, disagree: 1, pass: 1 } })
  expect(first!.interval![0]).toBeCloseTo(0.15, 2)
  expect(second).toMatchObject({ statement: { id: '1' }, n: 0, interval: undefined })
})

test('answers are told of each day since the opening, of none ahead, and today is not over', async () => {
  await learn(['poll'])
  const times = createTimes('Asia/Kathmandu')
  const at = (day: number) => Date.parse(`2026-03-0${day}T00:00:00+05:45`)
  const view = {
    ...{ id: 'by-day', columns: columns('day', 'respondents') },
    rows: [4, 0, 2, 0].map((n, index) => [new Date(at(index + 1)).toISOString(), n] as const),
    totals: [null, 6],
  } as const
  const term = { opensAt: at(1) + 9 * HOUR, closesAt: at(5) }
  const asked = { view, column: 'respondents', times, term }
  const today = daysData('answers', { ...asked, now: at(3) + 5 * HOUR })
  expect(today.steps).toEqual([
    { key: at(1), label: '1 Mar', part: 'cut' },
    { key: at(2), label: '2 Mar', part: 'whole' },
    { key: at(3), label: '3 Mar', part: 'running' },
  ])
  expect(today.series[0]).toMatchObject({ values: [4, 0, 2], total: '6 in all', soFar: '2 today' })
  const closed = daysData('answers', { ...asked, now: at(4) + 20 * DAY })
  expect(closed.steps.map(({ part }) => part)).toEqual(['cut', 'whole', 'whole', 'whole'])
  const early = { ...asked, term: { ...term, closesAt: at(4) + 8 * HOUR }, now: at(6) }
  expect(daysData('answers', early).steps.at(-1)).toMatchObject({ label: '4 Mar', part: 'cut' })
  expect(daysData('answers', { ...asked, view: undefined, now: at(3) }).steps).toEqual([])
})

test('each group of the map has a letter, a colour and a shape of its own', () => {
  const groups = scatterGroups({
    ...{ seq: 1, voters: 3, placed: 3, silhouette: 1, unites: [], divides: [] },
    groups: [
      { size: 2, centre: [0, 0], characteristics: [] },
      { size: 1, centre: [1, 1], characteristics: [] },
    ],
    points: [
      [0, 0, 0, 2],
      [1, 1, 1, 1],
    ],
  })
  expect(groups.map(({ name, points }) => [name, points])).toEqual([
    ['A', [{ x: 0, y: 0, n: 2 }]],
    ['B', [{ x: 1, y: 1, n: 1 }]],
  ])
  expect(new Set(groups.map(({ color, shape }) => `${color} ${shape}`)).size).toBe(2)
})
