import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { targetsOf } from '../../../server/policies/targets.ts'

const DAY = 86_400

test('each category has its own targets or the default ones, in seconds', () => {
  const policy = {
    ...defaultPolicy,
    dueWithin: { default: 168, byCategory: { 'Street Lights': 48, noise: null } },
    respondWithin: { default: null, byCategory: { 'street-lights': 0.5 } },
  }
  expect(targetsOf(policy, ['Street lights', 'noise', 'trees'])).toEqual({
    default: { onTime: 7 * DAY, respond: null },
    'Street lights': { onTime: 2 * DAY, respond: 1800 },
    noise: { onTime: null, respond: null },
    trees: { onTime: 7 * DAY, respond: null },
  })
})

test('a target in working time has no length by the clock', () => {
  const policy = {
    ...defaultPolicy,
    dueWithin: { default: { workingDays: 3 }, byCategory: { trees: 24 } },
    respondWithin: { default: { workingHours: 4 }, byCategory: {} },
  }
  expect(targetsOf(policy, ['noise', 'trees'])).toEqual({
    default: { onTime: null, respond: null },
    noise: { onTime: null, respond: null },
    trees: { onTime: DAY, respond: null },
  })
})
