import type { RawBuilder } from 'kysely'
import { type Stage, stages } from '#shared/oversight/suggestion.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { countStages, databaseNow, isOf, suggestionsWhere } from './queries.ts'
import { toldSuggestion } from './told.ts'

/** Of each stage. */
const SHOWN = 10

/** Every stage with how much stands in it, how old that is, and what is due next or came last. */
export async function boardOf(db: Db, where: readonly RawBuilder<unknown>[], directory: Directory) {
  const now = await databaseNow(db)
  const counted = new Map((await countStages(db, where)).map((row) => [row.stage, row]))
  const told = await Promise.all(
    stages.map(async (stage) => {
      const row = counted.get(stage)
      return {
        state: stage,
        count: row?.count ?? 0,
        late: row?.late ?? 0,
        oldestAt: iso(row?.oldestAt),
        medianAt: iso(row?.medianAt),
        nextDueBy: iso(row?.nextDueBy),
        suggestions: row ? await firstOf(stage) : [],
      }
    }),
  )
  return { asOf: iso(now), states: told }

  async function firstOf(stage: Stage) {
    const sort = stage === 'submitted' || stage === 'under-review' ? 'deadline' : 'newest'
    const conditions = [...where, isOf('stage', [stage])]
    const page = { where: conditions, sort, after: undefined, limit: SHOWN } as const
    const rows = await suggestionsWhere(db, page)
    return rows.map((row) => toldSuggestion(row, directory))
  }
}

const iso = (at: number | null | undefined): string | null =>
  at == null ? null : new Date(at).toISOString()
