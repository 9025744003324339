import type { Fate } from '../db/ticket-tables.ts'
import type { Verdict, Versioned } from './sort-out.ts'

/** Versions that never became a row are kept too: overtaken in their own batch, or too late. */
export async function keepOthers<Row extends Versioned>(
  verdicts: readonly Verdict<Row>[],
  keep: (rows: Row[], fate: Fate) => Promise<void>,
): Promise<void> {
  const rowsOf = (kept: readonly Verdict<Row>[]) => kept.map(({ incoming }) => incoming.row)
  const superseded = verdicts.filter(({ outcome, isTop }) => outcome === 'accepted' && !isTop)
  const stale = verdicts.filter(({ outcome }) => outcome === 'stale')
  if (superseded.length > 0) await keep(rowsOf(superseded), 'superseded')
  if (stale.length > 0) await keep(rowsOf(stale), 'stale')
}
