import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dimensions } from '#shared/ticket.ts'
import { Combinations } from '../../../server/cube/combinations.ts'

const member = fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1))
const combination = fc.array(member, {
  minLength: dimensions.length,
  maxLength: dimensions.length,
})

test('equal combinations have one number, others another, and each number tells its members', () => {
  fc.assert(
    fc.property(fc.array(combination, { maxLength: 3000, size: 'max' }), (all) => {
      const combinations = new Combinations()
      const ids = new Map<string, number>()
      for (const members of all) {
        const name = members.join()
        const id = combinations.intern(members)
        expect(id).toBe(ids.get(name) ?? ids.size)
        ids.set(name, id)
      }
      const members: number[] = []
      for (const [name, id] of ids) {
        combinations.readMembers(id, members)
        expect(members.join()).toBe(name)
      }
      expect(combinations.size).toBe(ids.size)
    }),
    { numRuns: 20 },
  )
})
