import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellAround, roundedOf, startsIn, UNKNOWN } from '../../../server/publications/classes.ts'

test.each([
  [0, [0, 9], null],
  [9, [0, 9], null],
  [10, [10, 12], 10],
  [12, [10, 12], 10],
  [13, [13, 17], 15],
  [1998, [1998, 2002], 2000],
])('%i is told as %j, and rounded as %j', (n, cell, rounded) => {
  expect(cellAround(n, n)).toEqual(cell)
  expect(roundedOf(cellAround(n, n))).toBe(rounded)
})

test('a range that is wider than one class is not rounded, and one without end says so', () => {
  expect(cellAround(8, 14)).toEqual([0, 17])
  expect(roundedOf([0, 17])).toBeNull()
  expect(roundedOf([13, 22])).toBeNull()
  expect(cellAround(3, UNKNOWN)).toEqual([0, null])
  expect(roundedOf([43, null])).toBeNull()
})

test('the starts of a range are the numbers in it at which what is told changes', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (low, more) => {
      const { count, at } = startsIn(low, low + more)
      const numbers = Array.from({ length: more }, (_, n) => low + 1 + n)
      const changes = numbers.filter((n) => cellAround(n, n)[0] !== cellAround(n - 1, n - 1)[0])
      expect(Array.from({ length: count }, (_, step) => at(step))).toEqual(changes)
    }),
  )
})
