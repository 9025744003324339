import { contribute } from '#shared/measures/contributions.ts'
import type { Add } from '#shared/measures/part.ts'
import { type Dimension, dimensions, type Ticket } from '#shared/ticket.ts'
import { cellKey } from './cell.ts'

/** The ids of a combination of dimensions, in the order of `dimensions`. */
export type Combination = readonly number[]

/** What a batch changes: for each combination of dimensions, ±n by cell (see `cellKey`). */
export type Delta = Map<string, { combination: Combination; cells: Map<number, number> }>

/** Adds what a ticket contributes now and takes away what it contributed before. */
export function addTicket(delta: Delta, ticket: Ticket, sign: 1 | -1): void {
  contribute(ticket, addTo(delta, combinationOf(ticket), sign))
}

/** Adds contributions to the cells of a combination, or takes them away. */
export function addTo(delta: Delta, combination: Combination, sign: 1 | -1): Add {
  const cells = cellsOf(delta, combination)
  return (part, minute, n, bin) => {
    const key = cellKey(part.code, minute, bin)
    const sum = (cells.get(key) ?? 0) + sign * n
    if (sum === 0) cells.delete(key)
    else cells.set(key, sum)
  }
}

export function combinationOf(ticket: Record<Dimension, number>): Combination {
  return dimensions.map((dimension) => ticket[dimension])
}

function cellsOf(delta: Delta, combination: Combination): Map<number, number> {
  const name = combination.join()
  const known = delta.get(name)
  if (known) return known.cells
  const cells = new Map<number, number>()
  delta.set(name, { combination, cells })
  return cells
}
