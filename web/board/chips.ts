import type { Dimension } from '#shared/ticket.ts'
import type { Filter } from './selection.ts'

/** A place in the row of filters: a member the board is narrowed to, or a dimension that is not narrowed. */
export interface Chip {
  dimension: Dimension
  code?: string
  /** Another member can be chosen in its place; one of several can only be taken off. */
  isChoice: boolean
}

/** First what the board is narrowed to, in the order in which it was; then what it may be narrowed by. */
export function chipsOf(filters: readonly Filter[], opened: readonly Dimension[]): Chip[] {
  const count = (dimension: Dimension) =>
    filters.filter((filter) => filter.dimension === dimension).length
  return [
    ...filters.map((filter) => ({ ...filter, isChoice: count(filter.dimension) === 1 })),
    ...opened
      .filter((dimension) => count(dimension) === 0)
      .map((dimension) => ({ dimension, isChoice: true })),
  ]
}

export const chipKey = ({ dimension, code }: Chip): string => `${dimension} ${code ?? ''}`
