import { wilson } from '#shared/measures/wilson.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { Row, ViewState } from '#shared/view.ts'
import type { SourceState } from '#shared/wire.ts'
import { CLOSING, LATE } from './alert-limits.ts'
import { moved } from './moved.ts'
import { cellReader } from './read-view.ts'

/** Something that the board knows and that a reader should know without looking for it. */
export type Alert = SourceAlert | ClosingAlert | MissedAlert | StockAlert

export interface SourceAlert {
  kind: 'silent' | 'late'
  name: string
  /** When it was last heard; of one that is late, the newest event it told. */
  since: number
}

export interface ClosingAlert {
  kind: 'consultation' | 'poll'
  code: string
  titles: Readonly<Record<string, string>>
  closesAt: number
}

/** An agency that missed most of what fell due. */
export interface MissedAlert {
  kind: 'missed'
  code: string
  hits: number
  n: number
}

/** A category of which clearly more is overdue, or open, than when the period before ended. */
export interface StockAlert {
  kind: 'overdue' | 'open'
  code: string
  now: number
  before: number
}

/** What is open to be heard on and whom it is about, as the lists of both tell it. */
interface Open extends Readonly<Partial<Record<Dimension, string | null>>> {
  code: string
  titles: Readonly<Record<string, string>>
  opensAt: number
  closesAt: number
}

export interface Known {
  /** Milliseconds by the deployment's clock. */
  now: number
  minN: number
  sources: readonly SourceState[]
  agencies: ViewState | undefined
  categories: { now: ViewState; before: ViewState } | undefined
  consultations: readonly Open[]
  polls: readonly Open[]
}

/**
 * How far two counts must lie apart, in standard deviations: chance alone makes that of one count in a
 * thousand. All categories are looked at at once, so that one in twenty would be an alarm a day.
 */
const FAR = 3.290527

/** A file is read when somebody reads it, and is never late. */
const FILE = 'file'

/** The gravest kind first: what makes numbers wrong, what cannot be done any more soon, then what got worse. */
export function alertsOf(known: Known): Alert[] {
  return [
    ...known.sources.flatMap((source) => ofSource(source, known.now)),
    ...closing(known),
    ...missed(known),
    ...grown(known),
  ]
}

function ofSource({ name, kind, heardAt, newestAt, silent }: SourceState, now: number): Alert[] {
  if (silent && heardAt !== null) return [{ kind: 'silent', name, since: heardAt }]
  const isLate = kind !== FILE && newestAt !== null && newestAt < now - LATE
  return isLate ? [{ kind: 'late', name, since: newestAt }] : []
}

function closing({ now, consultations, polls }: Known): ClosingAlert[] {
  const soon = (kind: ClosingAlert['kind'], all: readonly Open[]) =>
    all
      .filter(
        ({ opensAt, closesAt }) => opensAt <= now && now < closesAt && closesAt < now + CLOSING,
      )
      .map(({ code, titles, closesAt }): ClosingAlert => ({ kind, code, titles, closesAt }))
  return [...soon('consultation', consultations), ...soon('poll', polls)].sort(
    (one, other) => one.closesAt - other.closesAt,
  )
}

/** Where all of a rate's interval lies under a half, so that more was surely missed than met. */
function missed({ agencies, minN }: Known): MissedAlert[] {
  if (!agencies) return []
  const read = cellReader(agencies)
  return agencies.rows
    .map((row): MissedAlert => ({
      kind: 'missed',
      code: row[0] ?? '',
      hits: read(row, 'onTimeRate.numerator') ?? 0,
      n: read(row, 'onTimeRate.n') ?? 0,
    }))
    .filter(({ hits, n }) => n > 0 && n >= minN && wilson(hits, n)[1] < 0.5)
    .sort((one, other) => one.hits / one.n - other.hits / other.n)
}

/** Of a category that has both, the overdue ones alone: they are among the open ones. */
function grown({ categories, minN }: Known): StockAlert[] {
  if (!categories) return []
  const { now, before } = categories
  const were = new Map<string, Row>(before.rows.map((row) => [row[0] ?? '', row]))
  const [readNow, readBefore] = [cellReader(now), cellReader(before)]
  const all = now.rows.flatMap((row) => {
    const code = row[0] ?? ''
    const was = were.get(code)
    const counts = (['overdue', 'open'] as const).map((kind): StockAlert => ({
      kind,
      code,
      now: readNow(row, kind) ?? 0,
      before: (was && readBefore(was, kind)) ?? 0,
    }))
    return counts.filter(isFar(minN)).slice(0, 1)
  })
  return all.sort((one, other) => rankOf(other) - rankOf(one))
}

const isFar =
  (minN: number) =>
  ({ now, before }: StockAlert): boolean =>
    now + before >= minN && moved(now, before) >= FAR

/** What is overdue stands before what is only open, each the furthest first. */
const rankOf = ({ kind, now, before }: StockAlert): number =>
  (kind === 'overdue' ? 1e6 : 0) + moved(now, before)
