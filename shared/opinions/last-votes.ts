import type { Vote } from './votes.ts'

/** Of each voter and statement the vote that was cast last: the later in the list where both came at once. */
export function lastVotes<One extends Vote & { at: number }>(cast: readonly One[]): One[] {
  const last = new Map<string, One>()
  for (const one of cast) {
    const key = `${one.voter} ${one.statement}`
    const before = last.get(key)
    if (!before || one.at >= before.at) last.set(key, one)
  }
  return [...last.values()]
}
