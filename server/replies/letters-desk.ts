import type { Db } from '../db/connect.ts'
import { commentsIn } from './answered-queries.ts'

/** Milliseconds for which what was counted is told again; and so many times longer than counting it took. */
const FRESH = 2000
const REST = 10

/** Published comments by the provision that they name. */
export type Counted = readonly { provision: number; comments: number }[]

export interface LettersDesk {
  /** Of the groups that are answered in one consultation; many who ask at once are answered by one reading. */
  commentsIn(consultation: number, groups: readonly number[]): Promise<Counted>
}

interface Kept {
  groups: string
  told: Promise<Counted>
  until: number
}

/** Counts for who asks what lies in answered groups: a letter that was sent a hundred thousand times is read once. */
export function openLettersDesk(db: Db): LettersDesk {
  const kept = new Map<number, Kept>()

  async function count(own: Kept, groups: readonly number[]): Promise<Counted> {
    const startedAt = performance.now()
    const told = await commentsIn(db, groups)
    const endedAt = performance.now()
    own.until = endedAt + Math.max(FRESH, REST * (endedAt - startedAt))
    return told
  }

  return {
    commentsIn(consultation, groups) {
      if (groups.length === 0) return Promise.resolve([])
      const called = groups.toSorted((one, other) => one - other).join()
      const known = kept.get(consultation)
      if (known?.groups === called && performance.now() < known.until) return known.told
      const own: Kept = { groups: called, told: Promise.resolve([]), until: Infinity }
      own.told = count(own, groups)
      kept.set(consultation, own)
      own.told.catch(() => kept.delete(consultation))
      return own.told
    },
  }
}
