import type { Deployment } from '#shared/deployment.ts'
import type { Target } from './target-text.ts'

/** Categories that promise the same. */
export interface Promised {
  codes: string[]
  target: Target
}

interface Asked {
  targets: Deployment['targets']
  codes: readonly string[]
}

/** The targets of some categories, each once with those that have it: the shortest first, none last. */
export function promised({ targets, codes }: Asked): Promised[] {
  const found = new Map<string, Promised>()
  for (const code of codes) {
    const target = targets?.[code]
    if (!target) continue
    const key = `${target.respond} ${target.onTime}`
    const known = found.get(key)
    if (known) known.codes.push(code)
    else found.set(key, { codes: [code], target })
  }
  return [...found.values()].sort((a, b) => lengthOf(a) - lengthOf(b))
}

const lengthOf = ({ target }: Promised): number => target.onTime ?? target.respond ?? Infinity
