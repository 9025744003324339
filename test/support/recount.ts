import { type MeasureId, measures } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Dimension, Ticket } from '#shared/ticket.ts'
import { isTimeBreakdown, NONE, type Row, type TimeBreakdown, type ViewSpec } from '#shared/view.ts'
import type { Calendar } from '../../server/cube/calendar.ts'
import { windowAt } from '../../server/cube/window.ts'
import type { Db } from '../../server/db/connect.ts'

/*
 * The slow way to answer a view: every contribution of every stored ticket, kept or dropped one by
 * one, each row by itself. Nothing here is shared with the cube but the definitions.
 */

interface One {
  part: Part
  minute: number
  n: number
  bin: number
  ticket: Ticket
}

export interface Facts {
  all: One[]
  codeOf(id: number): string
  rootOf(id: number): number
}

export async function readFacts(db: Db): Promise<Facts> {
  const tickets = await db.selectFrom('ticket').selectAll().execute()
  const members = new Map(
    (await db.selectFrom('member').selectAll().execute()).map((m) => [m.id, m]),
  )
  const all: One[] = []
  for (const ticket of tickets) {
    contribute(ticket, (part, minute, n, bin) => all.push({ part, minute, n, bin, ticket }))
  }
  const rootOf = (id: number): number => {
    const into = members.get(id)?.mergedInto
    return into == null ? id : rootOf(into)
  }
  return { all, codeOf: (id) => members.get(id)?.code ?? NONE, rootOf }
}

/** Rows in ascending order of key, then totals. */
export function recount(
  facts: Facts,
  spec: ViewSpec,
  { minute, calendar }: { minute: number; calendar: Calendar },
): { rows: Row[]; totals: Row } {
  const { start, end } = windowAt(spec, minute, calendar)
  const kept = facts.all.filter(({ ticket }) => isKept(facts, spec, ticket))
  const all = byPart(kept)
  const rowIn = (key: string | null, ones: ByPart, span: Span): Row => [
    key,
    ...spec.measures.flatMap((id) => cellsOf(id, ones, span)),
  ]
  const whole = { from: start, to: end, isNow: end === minute }
  const totals = rowIn(null, all, whole)

  const by = spec.by as TimeBreakdown | Dimension | undefined
  if (by === undefined) return { rows: [], totals }
  if (isTimeBreakdown(by)) {
    const spans = steps(by, { start, end, calendar })
    return { rows: spans.map((span) => rowIn(isoOf(span.bin), all, span)), totals }
  }
  const ids = [...new Set(kept.map(({ ticket }) => facts.rootOf(ticket[by])))]
  if (spec.over) {
    const spans = steps(spec.over, { start, end, calendar })
    const rows = ids.flatMap((id) => {
      const own = byPart(kept.filter(({ ticket }) => facts.rootOf(ticket[by]) === id))
      return spans
        .filter(({ from, to }) => !isEmpty(spec, own, from, to))
        .map((span) => rowIn(`${facts.codeOf(id)} ${isoOf(span.bin)}`, own, span))
    })
    return { rows: rows.sort(([a], [b]) => (a! < b! ? -1 : 1)), totals }
  }
  const rows = ids
    .map((id) => {
      const own = byPart(kept.filter(({ ticket }) => facts.rootOf(ticket[by]) === id))
      return {
        row: rowIn(facts.codeOf(id), own, whole),
        isEmpty: isEmpty(spec, own, start, end),
      }
    })
    .filter(({ isEmpty }) => !isEmpty)
    .map(({ row }) => row)
    .sort(([a], [b]) => (a! < b! ? -1 : 1))
  return { rows, totals }
}

const isoOf = (minute: number): string => `${new Date(minute * 60_000).toISOString().slice(0, 16)}Z`

/** The minutes, hours or days that a window touches, cut at its ends. */
function steps(
  unit: TimeBreakdown,
  { start, end, calendar }: { start: number; end: number; calendar: Calendar },
): (Span & { bin: number })[] {
  const spans: (Span & { bin: number })[] = []
  if (start === end) return spans
  for (let bin = calendar.binOf(unit, start); bin < end; bin = calendar.nextBin(unit, bin)) {
    const to = Math.min(end, calendar.nextBin(unit, bin))
    spans.push({ bin, from: Math.max(bin, start), to, isNow: false })
  }
  return spans
}

function isKept(facts: Facts, { filters = {} }: ViewSpec, ticket: Ticket): boolean {
  return (['agency', 'area', 'category', 'channel', 'language'] as const).every(
    (dimension) =>
      !filters[dimension] ||
      filters[dimension].includes(facts.codeOf(facts.rootOf(ticket[dimension]))),
  )
}

const isCounted = (one: One, from: number, to: number): boolean =>
  one.minute < to && (one.part.kind === 'stock' || one.minute >= from)

/** [from, to), and whether `to` is the end of the running minute. */
interface Span {
  from: number
  to: number
  isNow: boolean
}

type ByPart = ReadonlyMap<Part, readonly One[]>

const byPart = (ones: readonly One[]): ByPart => Map.groupBy(ones, ({ part }) => part)

function sum(ones: ByPart, part: Part, from: number, to: number): number {
  return (ones.get(part) ?? []).reduce((n, one) => (isCounted(one, from, to) ? n + one.n : n), 0)
}

function cellsOf(id: MeasureId, ones: ByPart, { from, to, isNow }: Span): (number | null)[] {
  return measures[id].compute({
    ages(part) {
      if (!isNow) return null
      const received = (ones.get(part) ?? []).filter((one) => one.minute < to)
      const ages = received.map((one) => (to - 1 - one.minute) * 60).sort((a, b) => a - b)
      return { count: ages.length, at: (rank) => ages[rank]! }
    },
    sum: (part) => sum(ones, part, from, to),
    histogram(part): Histogram {
      const bins = new Map<number, number>()
      for (const one of ones.get(part) ?? []) {
        if (isCounted(one, from, to)) {
          bins.set(one.bin, (bins.get(one.bin) ?? 0) + one.n)
        }
      }
      return [...bins].filter(([, n]) => n !== 0).sort(([a], [b]) => a - b)
    },
  })
}

/** A member of whom nothing is counted has no row. */
function isEmpty(spec: ViewSpec, ones: ByPart, from: number, to: number): boolean {
  return spec.measures.every((id) =>
    measures[id].parts.every((part) => part.kind === 'now' || sum(ones, part, from, to) === 0),
  )
}
