import { axes, type Axis } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import { allSpellings, registerMember } from './queries.ts'
import { isExact, isNone, spellingIn } from './spelling.ts'

/** More than any city has; an endless stream of invented codes must end somewhere (I11). */
const MAX_MEMBERS = 10_000
/** Each draft of each consultation, and each poll, has its own. */
const MAX_PARTS = 50_000

const hasMany = (axis: Axis): boolean =>
  axis === 'provision' || axis === 'choice' || axis === 'statement'
const mostOf = (axis: Axis): number => (hasMany(axis) ? MAX_PARTS : MAX_MEMBERS)

/** Turns the codes of events into the ids of members, and registers a code when it is first seen. */
export interface Registry {
  /** The member's id, 0 for not stated, undefined when the code is new. */
  idOf(dimension: Axis, code: string | null): number | undefined
  /** Registers a new code. Undefined when the dimension is full. */
  register(dimension: Axis, code: string): Promise<number | undefined>
  /** A known member's own spelling, whatever alias led to it; null for 0. */
  spellingOf(id: number): string | null
  /** Reads names and aliases again. */
  reload(): Promise<void>
}

export async function openRegistry(db: Db): Promise<Registry> {
  const ids = new Map<Axis, Map<string, number>>(axes.map((name) => [name, new Map()]))
  const spellings = new Map<string, string>()
  const own = new Map<number, string>()

  async function reload() {
    for (const { dimension, spelling, id, isAlias } of await allSpellings(db)) {
      ids.get(dimension)!.set(spelling, id)
      if (!isAlias) own.set(id, spelling)
    }
  }

  function remembered(axis: Axis, code: string): string {
    if (isExact(axis)) return spellingIn(axis, code)
    const known = spellings.get(code)
    if (known !== undefined) return known
    const spelling = spellingIn(axis, code)
    if (spellings.size < 5 * MAX_MEMBERS) spellings.set(code, spelling)
    return spelling
  }

  await reload()
  return {
    reload,
    idOf(dimension, code) {
      if (code === null) return 0
      const spelling = remembered(dimension, code)
      return isNone(spelling) ? 0 : ids.get(dimension)!.get(spelling)
    },
    async register(dimension, code) {
      const known = ids.get(dimension)!
      if (known.size >= mostOf(dimension)) return undefined
      const spelling = remembered(dimension, code)
      const member = await registerMember(db, { dimension, code, spelling })
      known.set(spelling, member.id)
      own.set(member.id, member.spelling)
      return member.id
    },
    spellingOf: (id) => own.get(id) ?? null,
  }
}
