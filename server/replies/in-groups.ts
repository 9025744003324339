import type { Directory } from '../dimensions/directory.ts'
import type { Counted } from './letters-desk.ts'

/** By the keys of what comments are on, merged provisions as one. */
export function byKey(counted: Counted, directory: Directory): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { provision, comments } of counted) {
    const key = directory.codeOf(directory.rootOf(provision))
    sums.set(key, (sums.get(key) ?? 0) + comments)
  }
  return sums
}
