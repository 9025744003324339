import type { Targets } from '#shared/deployment.ts'
import type { Policy, Target, TargetByCategory } from '#shared/policy.ts'
import { HOUR } from '#shared/time.ts'
import { spellingOf } from '../dimensions/spelling.ts'

/**
 * What each category is to keep to by the clock, in seconds, and under `default` a category that a policy
 * does not name. A target in working time has no length by the clock: null, as where there is none.
 */
export function targetsOf(policy: Policy, codes: readonly string[]): Targets {
  const onTime = secondsBy(policy.dueWithin)
  const respond = secondsBy(policy.respondWithin)
  const byDefault = { onTime: onTime(undefined), respond: respond(undefined) }
  const own = codes.map((code) => [code, { onTime: onTime(code), respond: respond(code) }])
  return { default: byDefault, ...Object.fromEntries(own) }
}

function secondsBy({ default: byDefault, byCategory }: TargetByCategory) {
  const bySpelling = new Map(
    Object.entries(byCategory).map(([code, target]) => [spellingOf(code), target]),
  )
  return (code: string | undefined): number | null => {
    const own = code === undefined ? undefined : bySpelling.get(spellingOf(code))
    return secondsOf(own === undefined ? byDefault : own)
  }
}

const secondsOf = (target: Target | null): number | null =>
  typeof target === 'number' ? (target * HOUR) / 1000 : null
