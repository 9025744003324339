import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'

/** As `expect(…, why()).toEqual(…)`, for who compares by the thousand: only a difference is put into words. */
export function expectEqual(actual: unknown, wanted: unknown, why: () => string): void {
  if (!isDeepStrictEqual(actual, wanted)) expect(actual, why()).toEqual(wanted)
}
