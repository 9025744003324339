import { expect, test } from 'vitest'
import type { TicketEvent } from '#shared/events.ts'
import { type MeasureId, measures } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Part } from '#shared/measures/part.ts'
import { agencies } from '../../../server/demo/agencies.ts'
import { lastOf, livesIn, ticketOf } from './told.ts'

const lasts = livesIn(7).map(lastOf)
const [hasty, ...others] = agencies
  .map(({ code }) => ({ code, sums: sumsOf(lasts.filter(({ agency }) => agency === code)) }))
  .sort((a, b) => Number(b.code === 'street-order') - Number(a.code === 'street-order'))

test('one agency closes too fast: by the product’s own measures it stands out from every other', () => {
  expect(valueOf('instantCloseShare', hasty!)).toBeGreaterThan(0.5)
  expect(highest('instantCloseShare')).toBeLessThan(0.05)
  expect(valueOf('resolutionGap', hasty!)).toBeGreaterThan(0.6)
  expect(highest('resolutionGap')).toBeLessThan(0.45)
  expect(valueOf('reopenRate', hasty!)).toBeGreaterThan(0.12)
  expect(highest('reopenRate')).toBeLessThan(0.06)
  expect(valueOf('satisfactionRate', hasty!)).toBeLessThan(0.35)
  expect(lowest('satisfactionRate')).toBeGreaterThan(0.4)
})

test('by what it says of itself it is the best', () => {
  expect(valueOf('resolutionAsserted', hasty!)).toBeGreaterThan(highest('resolutionAsserted'))
  expect(valueOf('onTimeRate', hasty!)).toBeGreaterThan(0.9)
  expect(valueOf('responseRate', hasty!)).toBeGreaterThan(highest('responseRate'))
})

type Sums = ReadonlyMap<Part, number>
interface Summed {
  code: string
  sums: Sums
}

function sumsOf(events: readonly TicketEvent[]): Sums {
  const sums = new Map<Part, number>()
  for (const event of events) {
    contribute(ticketOf(event), (part, _minute, n) => sums.set(part, (sums.get(part) ?? 0) + n))
  }
  return sums
}

function valueOf(id: MeasureId, { sums }: Summed): number {
  const sum = (part: Part) => sums.get(part) ?? 0
  return measures[id].compute({ sum, histogram: () => [], ages: () => null })[0]!
}

const highest = (id: MeasureId): number => Math.max(...others.map((other) => valueOf(id, other)))
const lowest = (id: MeasureId): number => Math.min(...others.map((other) => valueOf(id, other)))
