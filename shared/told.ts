import type { MeasureId } from './measures/all.ts'

/** What may be told of a number: it lies in [low, high]; without `high`, nothing is known above. */
export type ToldCell = readonly [low: number, high: number | null]

/** The content of a publication, as it is stored and as the public sees it: never an exact small number. */
export interface Told {
  /** Ids of the parts that were counted: the order of totals and cells. */
  parts: readonly string[]
  /** Exact, of the whole city; null where even that is one person's word. */
  totals: readonly (number | null)[]
  rows: readonly { key: string; cells: readonly ToldCell[] }[]
  /** The version of each measure's definition when it was published. */
  definitions: Readonly<Partial<Record<MeasureId, number>>>
}
