import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attack } from './attacker.ts'
import { arbitraryCity, lateCity, publishDays, publishRounded } from './small-city.ts'

const DAYS = 16

test('I8: no subtraction lays a count below 10 bare, and everything told is true', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryCity, async (city) => {
      const { bare, wrong } = attack(await publishDays(city, DAYS))
      expect({ bare, wrong }).toEqual({ bare: [], wrong: [] })
    }),
    { numRuns: 60 },
  )
})

test('I8: nor does it when tickets are told late, between one publication and the next', async () => {
  await fc.assert(
    fc.asyncProperty(
      arbitraryCity,
      fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
      async (city, late) => {
        expect(attack(await publishDays(lateCity(city, late), DAYS)).bare).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
})

test('rounding alone would not do: the same attacker lays counts bare', async () => {
  const found: number[] = []
  const cities = fc.sample(arbitraryCity, { numRuns: 20, seed: 7 })
  for (const city of cities) found.push(attack(await publishRounded(city, DAYS)).bare.length)

  expect(found.filter((bare) => bare > 0).length).toBeGreaterThan(10)
})
