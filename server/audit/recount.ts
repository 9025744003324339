import { parts } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Add, Part } from '#shared/measures/part.ts'
import { type Dimension, dimensions, type Ticket } from '#shared/ticket.ts'
import type { Filters, TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from '../cube/calendar.ts'
import type { Directory } from '../dimensions/directory.ts'
import { count, type Counted, type Minutes, nothing, placeOf } from './counted.ts'
import type { Window } from './window.ts'

/** What is counted over time. */
export interface Series {
  /** The minutes of the window in which something is dated, or the first ones of its steps. */
  byMinute: Map<number, Counted>
  /** What is dated before the window: only stocks remember it. */
  before: Counted
}

/** One dimension by steps: each is counted at its first minute in the window. */
export interface Over {
  by: Dimension
  step: TimeBreakdown
  members: Map<number, Series>
}

/** All that is counted of one window, of the tickets that filters keep. */
export interface Tally extends Series {
  window: Window
  filters: Filters
  totals: Counted
  /** By the member that stands for a ticket's own now. */
  byMember: Record<Dimension, Map<number, Counted>>
  /** The finest steps that were asked of all tickets; undefined: none. */
  step: TimeBreakdown | undefined
  /** The members of a dimension over time, where that was asked. */
  over: Over[]
  /** Undefined of a past moment. */
  present: Present | undefined
}

/** What is so when the clock stands at `minute`, of the tickets that filters keep: when each came in. */
export interface Present {
  minute: number
  totals: ByPart
  byMember: Record<Dimension, Map<number, ByPart>>
}

type ByPart = Map<Part, Minutes>

export function emptyPresent(minute: number): Present {
  return { minute, totals: new Map(), byMember: byDimension() }
}

function byDimension<T>(): Record<Dimension, Map<number, T>> {
  return {
    agency: new Map(),
    area: new Map(),
    category: new Map(),
    channel: new Map(),
    language: new Map(),
  }
}

export function emptyTally(window: Window, filters: Filters, present?: Present): Tally {
  return {
    window,
    filters,
    totals: nothing(),
    byMember: byDimension(),
    step: undefined,
    over: [],
    ...emptySeries(),
    present,
  }
}

export const overOf = ({ over }: Pick<Tally, 'over'>, by: Dimension, step: TimeBreakdown) =>
  over.find((one) => one.by === by && one.step === step)

const emptySeries = (): Series => ({ byMinute: new Map(), before: nothing() })

/** A tally, and those of its sums in which a group of tickets is counted whatever the minute. */
interface Share {
  tally: Tally
  sums: readonly Counted[]
  series: readonly { series: Series; step: TimeBreakdown }[]
}

/** Tickets that agree in every dimension. */
interface Group {
  /** Of the tallies whose filters keep them. */
  shares: readonly Share[]
  /** Where the minutes of its open tickets go: once for all tallies with the same filters. */
  present: readonly ByPart[]
  /** Sums of what is dated before every window. */
  old: number[]
}

export interface Recount {
  add(ticket: Ticket): void
  /** Of a ticket that was added and is otherwise now. */
  take(ticket: Ticket): void
  /** To be called before the tallies are read: they hold what was added and not taken. */
  settle(): void
}

/** Counts tickets into tallies by plain addition: it shares only the definitions with the cube. */
export function recountInto(
  tallies: readonly Tally[],
  { directory, calendar }: { directory: Directory; calendar: Calendar },
): Recount {
  const groups = new Map<string, Group>()
  const unsettled = new Set<Group>()
  const earliest = Math.min(...tallies.map(({ window }) => window.start))

  function groupOf(ticket: Ticket): Group {
    const ids = dimensions.map((dimension) => ticket[dimension])
    const name = ids.join()
    const known = groups.get(name)
    if (known) return known
    const roots = ids.map((id) => directory.rootOf(id))
    const kept = tallies.filter(({ filters }) => isKept(roots, filters, directory))
    const shares = kept.map((tally) => ({
      tally,
      sums: sumsFor(tally, roots),
      series: seriesFor(tally, roots),
    }))
    const present = new Set(kept.flatMap((tally) => tally.present ?? []))
    const group = {
      shares,
      present: [...present].flatMap((one) => minutesFor(one, roots)),
      old: parts.map(() => 0),
    }
    groups.set(name, group)
    return group
  }

  let group: Group
  const add: Add = (part, minute, n, bin) => {
    if (part.kind === 'now') return addNow(group, part, { minute, n })
    if (minute < earliest) {
      unsettled.add(group)
      group.old[placeOf(part)]! += n
      return
    }
    for (const share of group.shares) {
      const { start, end } = share.tally.window
      if (minute >= end || (minute < start && part.kind === 'flow')) continue
      for (const { series, step } of share.series) {
        const dated = () => Math.max(start, calendar.binOf(step, minute))
        count(minute < start ? series.before : rowOf(series.byMinute, dated()), part, n, bin)
      }
      for (const sums of share.sums) count(sums, part, n, bin)
    }
  }

  const takeAway: Add = (part, minute, n, bin) => add(part, minute, -n, bin)

  return {
    add(ticket) {
      group = groupOf(ticket)
      contribute(ticket, add)
    },
    take(ticket) {
      group = groupOf(ticket)
      contribute(ticket, takeAway)
    },
    settle() {
      for (const one of unsettled) countOld(one)
      unsettled.clear()
    },
  }
}

/** Moves the stocks of a group, as they stood before every window, to where they count. */
function countOld({ shares, old }: Group): void {
  for (const part of parts) {
    const n = old[placeOf(part)]!
    if (part.kind !== 'stock' || n === 0) continue
    for (const { series, sums } of shares) {
      const befores = series.map((one) => one.series.before)
      for (const into of [...befores, ...sums]) count(into, part, n, 0)
    }
  }
  old.fill(0)
}

function addNow(
  { present }: Group,
  part: Part,
  { minute, n }: { minute: number; n: number },
): void {
  for (const byPart of present) {
    const minutes = byPart.get(part) ?? new Map<number, number>()
    byPart.set(part, minutes.set(minute, (minutes.get(minute) ?? 0) + n))
  }
}

function minutesFor({ totals, byMember }: Present, roots: readonly number[]): ByPart[] {
  const rows = dimensions.map((dimension, place) => {
    const members = byMember[dimension]
    const minutes = members.get(roots[place]!) ?? new Map()
    members.set(roots[place]!, minutes)
    return minutes
  })
  return [totals, ...rows]
}

/** The totals, and the row of each dimension. */
function sumsFor({ totals, byMember }: Tally, roots: readonly number[]): Counted[] {
  return [
    totals,
    ...dimensions.map((dimension, place) => rowOf(byMember[dimension], roots[place]!)),
  ]
}

/** Of all tickets, and of the member in each dimension, where it is asked over time. */
function seriesFor(tally: Tally, roots: readonly number[]): Share['series'] {
  const own = tally.over.map(({ by, step, members }) => {
    const root = roots[dimensions.indexOf(by)]!
    const series = members.get(root) ?? emptySeries()
    members.set(root, series)
    return { series, step }
  })
  return tally.step === undefined ? own : [{ series: tally, step: tally.step }, ...own]
}

function isKept(roots: readonly number[], filters: Filters, directory: Directory): boolean {
  return dimensions.every((dimension, place) => {
    const codes = filters[dimension]
    return !codes || codes.some((code) => directory.find(dimension, code) === roots[place])
  })
}

function rowOf(rows: Map<number, Counted>, key: number): Counted {
  const known = rows.get(key)
  if (known) return known
  const row = nothing()
  rows.set(key, row)
  return row
}
