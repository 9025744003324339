import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parts } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Part } from '#shared/measures/part.ts'
import { surveyMeasureIds } from '#shared/policy.ts'
import type { Ticket } from '#shared/ticket.ts'
import {
  isSurveyPart,
  partsOf,
  publishedCounts,
  surveyMeasures,
  within,
} from '../../../server/publications/publishable.ts'
import { arbitraryEvent } from '../../support/arbitrary-event.ts'

const arbitraryTicket: fc.Arbitrary<Ticket> = arbitraryEvent.map((event) => ({
  ...event,
  respondBy: null,
  agency: 0,
  area: 0,
  category: 0,
  channel: 0,
  language: 0,
  surveyAt: event.survey?.at ?? null,
  surveyResolved: event.survey?.resolved ?? null,
  surveySatisfaction: event.survey?.satisfaction ?? null,
  satisfied: isSatisfied(event.survey?.satisfaction ?? null),
}))

const isSatisfied = (rating: number | null) => (rating === null ? null : rating >= 4)

function counted(ticket: Ticket): Map<string, number> {
  const cells = new Map<string, number>()
  contribute(ticket, ({ id }, minute, n, bin) => {
    const cell = `${id} ${minute} ${bin}`
    cells.set(cell, (cells.get(cell) ?? 0) + n)
  })
  return cells
}

const plain = (ticket: Ticket) =>
  [...counted(ticket)].filter(
    ([cell]) => !parts.some((part) => isSurveyPart(part) && cell.startsWith(`${part.id} `)),
  )

test('I8: a survey that comes, changes or goes moves nothing that is shown live', () => {
  fc.assert(
    fc.property(arbitraryTicket, arbitraryTicket, (ticket, other) => {
      const { surveyAt, surveyResolved, surveySatisfaction, satisfied } = other
      const surveyed = { ...ticket, surveyAt, surveyResolved, surveySatisfaction, satisfied }
      expect(plain(surveyed)).toEqual(plain(ticket))
    }),
    { numRuns: 2000 },
  )
})

test('no measure that is shown live is made of what was answered in surveys', () => {
  expect(parts.filter(isSurveyPart).map(({ id }) => id)).toEqual([
    'asked',
    'confirmed',
    'assertedOfAsked',
    'rated',
    'satisfied',
    'closedSurveyed',
  ])
  expect([...surveyMeasures].sort()).toEqual([...surveyMeasureIds].sort())
})

/** Of each pair of parts of which anything is published: whether what is in the one is always in the other. */
function contained(among: readonly Part[]): Set<string> {
  const pairs = new Set(
    among.flatMap((inner) =>
      among.flatMap((outer) => (inner === outer ? [] : [`${inner.id} ${outer.id}`])),
    ),
  )
  const level = (cells: Map<string, number>, { id, kind }: Part, minute: number) =>
    [...cells].reduce((sum, [cell, n]) => {
      const [of, at] = cell.split(' ')
      const isIn = kind === 'stock' ? Number(at) <= minute : Number(at) === minute
      return of === id && isIn ? sum + n : sum
    }, 0)
  for (const ticket of fc.sample(arbitraryTicket, { numRuns: 3000, seed: 1 })) {
    const cells = counted(ticket)
    const minutes = new Set([...cells.keys()].map((cell) => Number(cell.split(' ')[1])))
    for (const minute of minutes) {
      const levels = new Map(among.map((part) => [part.id, level(cells, part, minute)]))
      for (const pair of pairs) {
        const [inner, outer] = pair.split(' ')
        if (levels.get(inner!)! > levels.get(outer!)!) pairs.delete(pair)
      }
    }
  }
  return pairs
}

test('every count that always lies within another is known to the rule, so that the difference is hidden too', () => {
  for (const kind of [publishedCounts, surveyMeasures]) {
    const among = partsOf(kind)
    const ids = new Set(among.map(({ id }) => id))
    const known = closure(within.filter(([inner, outer]) => ids.has(inner) && ids.has(outer)))
    expect(contained(among)).toEqual(new Set(known.map((pair) => pair.join(' '))))
  }
})

/** With what follows: within what is within. */
function closure(pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  const all = new Map(pairs.map((pair) => [pair.join(), pair]))
  for (const [a, b] of all.values()) {
    for (const [c, d] of pairs) if (b === c) all.set(`${a},${d}`, [a, d])
  }
  return [...all.values()]
}
