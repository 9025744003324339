import type { Db } from '../db/connect.ts'
import { isOutcome } from './outcome.ts'
import { type Tie, tiesOf } from './queries.ts'

export interface Way {
  /** Where it began, what that came from, and what came of it. */
  subjects: Set<string>
  ties: Tie[]
  /** There is more than is told. */
  isCut: boolean
}

/** Subjects of one way. */
const MOST = 200
/** Acts that are read at one step. */
const MOST_TIES = 1000

type Direction = 'back' | 'on'

/** From a subject back to what it came from and on to what came of it; never aside to what else came of the same. */
export async function walk(db: Db, start: string): Promise<Way> {
  const back = await go(db, start, 'back')
  const on = await go(db, start, 'on')
  const ties = new Map([...back.ties, ...on.ties].map((tie) => [tie.id, tie]))
  return {
    subjects: new Set([...back.subjects, ...on.subjects]),
    ties: [...ties.values()].sort((a, b) => a.id - b.id),
    isCut: back.isCut || on.isCut,
  }
}

async function go(db: Db, start: string, direction: Direction): Promise<Way> {
  const subjects = new Set([start])
  const all: Tie[] = []
  let step = [start]
  while (step.length > 0) {
    const ties = await tiesOf(db, step, MOST_TIES)
    all.push(...ties)
    const found = new Set(ties.flatMap((tie) => neighbours(tie, step, direction)))
    step = [...found].filter((subject) => !subjects.has(subject))
    const isCut = ties.length === MOST_TIES || subjects.size + step.length > MOST
    for (const subject of step.slice(0, MOST - subjects.size)) subjects.add(subject)
    if (isCut) return { subjects, ties: all, isCut }
  }
  return { subjects, ties: all, isCut: false }
}

/** An outcome leads on to what it names; every other act rests on it. */
function neighbours(tie: Tie, from: readonly string[], direction: Direction): string[] {
  const isTowardsNames = isOutcome(tie.kind) === (direction === 'on')
  if (isTowardsNames) return from.includes(tie.subject) ? tie.names : []
  return tie.names.some((name) => from.includes(name)) ? [tie.subject] : []
}
