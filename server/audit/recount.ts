import { parts } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Add } from '#shared/measures/part.ts'
import { type Dimension, dimensions, type Ticket } from '#shared/ticket.ts'
import type { Filters } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import { count, type Counted, nothing, placeOf } from './counted.ts'
import type { Window } from './window.ts'

/** All that is counted of one window, of the tickets that filters keep. */
export interface Tally {
  window: Window
  filters: Filters
  totals: Counted
  /** By the member that stands for a ticket's own now. */
  byMember: Record<Dimension, Map<number, Counted>>
  /** Minutes of the window in which something is dated. */
  byMinute: Map<number, Counted>
  /** What is dated before the window: only stocks remember it. */
  before: Counted
}

export function emptyTally(window: Window, filters: Filters): Tally {
  return {
    window,
    filters,
    totals: nothing(),
    byMember: {
      agency: new Map(),
      area: new Map(),
      category: new Map(),
      channel: new Map(),
      language: new Map(),
    },
    byMinute: new Map(),
    before: nothing(),
  }
}

/** Tickets that agree in every dimension. */
interface Group {
  roots: number[]
  /** The tallies whose filters keep them. */
  tallies: Tally[]
  /** Sums of what is dated before every window. */
  old: number[]
}

export interface Recount {
  take(ticket: Ticket): void
  /** To be called when every ticket was taken. */
  end(): void
}

/** Counts tickets into tallies by plain addition: it shares only the definitions with the cube. */
export function recountInto(tallies: readonly Tally[], directory: Directory): Recount {
  const groups = new Map<string, Group>()
  const earliest = Math.min(...tallies.map(({ window }) => window.start))

  function groupOf(ticket: Ticket): Group {
    const ids = dimensions.map((dimension) => ticket[dimension])
    const name = ids.join()
    const known = groups.get(name)
    if (known) return known
    const roots = ids.map((id) => directory.rootOf(id))
    const kept = tallies.filter(({ filters }) => isKept(roots, filters, directory))
    const group: Group = { roots, tallies: kept, old: parts.map(() => 0) }
    groups.set(name, group)
    return group
  }

  let group: Group
  const add: Add = (part, minute, n, bin) => {
    if (minute < earliest) {
      group.old[placeOf(part)]! += n
      return
    }
    for (const tally of group.tallies) {
      const { start, end } = tally.window
      if (minute >= end || (minute < start && part.kind === 'flow')) continue
      for (const into of rowsAt(tally, group.roots, minute)) count(into, part, n, bin)
    }
  }

  return {
    take(ticket) {
      group = groupOf(ticket)
      contribute(ticket, add)
    },
    end() {
      for (const one of groups.values()) countOld(one)
    },
  }
}

/** The stocks of a group as they stood before every window. */
function countOld({ roots, tallies, old }: Group): void {
  for (const part of parts) {
    const n = old[placeOf(part)]!
    if (part.kind !== 'stock' || n === 0) continue
    for (const tally of tallies) {
      for (const into of rowsAt(tally, roots, -Infinity)) count(into, part, n, 0)
    }
  }
}

function isKept(roots: readonly number[], filters: Filters, directory: Directory): boolean {
  return dimensions.every((dimension, place) => {
    const codes = filters[dimension]
    return !codes || codes.some((code) => directory.find(dimension, code) === roots[place])
  })
}

/** Every sum in which something dated at `minute` is counted. */
function* rowsAt(tally: Tally, roots: readonly number[], minute: number): Iterable<Counted> {
  yield tally.totals
  for (const [place, dimension] of dimensions.entries()) {
    yield rowOf(tally.byMember[dimension], roots[place]!)
  }
  yield minute < tally.window.start ? tally.before : rowOf(tally.byMinute, minute)
}

function rowOf(rows: Map<number, Counted>, key: number): Counted {
  const known = rows.get(key)
  if (known) return known
  const row = nothing()
  rows.set(key, row)
  return row
}
