import { isNone, spellingOf } from '../dimensions/spelling.ts'

const MOST = 10_000

/** Tells of a code whether an earlier one means the same member and is written otherwise. */
export function spellingsSeen(): (code: string) => boolean {
  const first = new Map<string, string>()
  const known = new Map<string, boolean>()

  function isRespelled(code: string): boolean {
    const spelling = spellingOf(code)
    const earlier = first.get(spelling)
    if (earlier === undefined && first.size < MOST) first.set(spelling, code)
    return earlier !== undefined && earlier !== code && !isNone(spelling)
  }

  return (code) => {
    const before = known.get(code)
    if (before !== undefined) return before
    const answer = isRespelled(code)
    if (known.size < MOST) known.set(code, answer)
    return answer
  }
}
