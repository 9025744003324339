import { expect, test } from 'vitest'
import { withoutOverlaps } from '../../web/charts/without-overlaps.ts'

const label = (at: number, width: number, isMajor = false) => ({ at, width, isMajor })

test('labels that stand apart all stay, in their order', () => {
  const labels = [label(0, 30), label(60, 60, true), label(120, 30)]
  expect(withoutOverlaps(labels)).toEqual(labels)
})

test('of two that touch, the major one stays, whichever comes first', () => {
  const [hour, day, next] = [label(0, 30), label(30, 70, true), label(68, 30)]
  expect(withoutOverlaps([hour, day, next])).toEqual([day])
})

test('of two of the same rank, the first stays, and one after the dropped one stays too', () => {
  const [first, second, third] = [label(0, 30), label(30, 30), label(60, 30)]
  expect(withoutOverlaps([first, second, third])).toEqual([first, third])
})
