import { type CommentAxis, commentAxes } from './consultations/comment.ts'
import type { MeasureId } from './measures/all.ts'
import type { Measure, Unit } from './measures/measure.ts'
import { answerAxes, type PollAxis, voteAxes } from './polls/answer.ts'
import { type Dimension, dimensions } from './ticket.ts'

export const presetWindows = ['1h', '24h', 'today', '7d', '30d', '90d'] as const
export type PresetWindow = (typeof presetWindows)[number]

export const timeBreakdowns = ['minute', 'hour', 'day'] as const
export type TimeBreakdown = (typeof timeBreakdowns)[number]
/** What something is told by: a dimension of tickets, of comments, of both, or of answers to polls. */
export type Axis = Dimension | CommentAxis | PollAxis
export const axes = [
  ...new Set([...dimensions, ...commentAxes, ...answerAxes, ...voteAxes]),
] as readonly Axis[]
export type Breakdown = TimeBreakdown | Axis

/** Tickets are told by it. */
export const isDimension = (axis: string | undefined): axis is Dimension =>
  (dimensions as readonly (string | undefined)[]).includes(axis)

/** The axes of what a measure counts, each at its place of a combination. */
export const axesOf = ({ of }: Pick<Measure, 'of'>): readonly Axis[] => axesBy[of ?? 'tickets']

const axesBy = {
  tickets: dimensions,
  comments: commentAxes,
  answers: answerAxes,
  votes: voteAxes,
} as const satisfies Record<string, readonly Axis[]>

export function isTimeBreakdown(by: Breakdown | undefined): by is TimeBreakdown {
  return by === 'minute' || by === 'hour' || by === 'day'
}

/** Codes of members to keep, by dimension. An absent dimension is not narrowed. */
export type Filters = Partial<Record<Axis, readonly string[]>>

/** A question to the cube. */
export interface ViewSpec {
  /** How the asker calls it; the canonical text of the question when absent. */
  id?: string | undefined
  measures: readonly MeasureId[]
  by?: Breakdown | undefined
  /** Beside `by` a dimension: a row for each member and step of time, under a key of `joinKey`. */
  over?: TimeBreakdown | undefined
  /** A preset, or `START/END`: two UTC minutes or two local dates, the end not included. */
  window: string
  filters?: Filters | undefined
  /** The same length of time, just before the window. */
  period?: 'previous' | undefined
}

/** Where an answer stands: all journal rows up to `seq`, all that is dated before `minute` (UTC minutes since 1970). */
export type At = readonly [seq: number, minute: number]

/** So many digits as every number holds exactly. */
const PAIR = /^(\d{1,15}),(\d{1,15})$/

/** Reads `SEQ,MINUTE`, as links and questions carry it. */
export function readPair(text: string): At | undefined {
  const [, seq, minute] = PAIR.exec(text) ?? []
  return seq === undefined ? undefined : [Number(seq), Number(minute)]
}

/**
 * What an answer claims: to be as of `now`; to be what was shown in the `past`; to be `recounted`, the
 * past by today's definitions, because what was shown then followed others; or to have been `published`.
 */
export type Basis = 'now' | 'past' | 'recounted' | 'published'

/**
 * Since `at` (ISO text) a measure has been counted by another definition: what was shown before may
 * differ from what is counted of that time now.
 */
export interface Break {
  measure: string
  version: number
  /** The version of the contributions since then. */
  contributions: number
  /** The journal's first row by the new definition. */
  seq: number
  at: string
}

export interface Column {
  /** `received`, or `onTimeRate.n` for what a value was made of. The first column is the key. */
  id: string
  measure?: MeasureId
  field?: string
  unit?: Unit
}

export type Cell = number | null

/**
 * The key (a member's code, or the start of a minute, hour or day as UTC ISO text, or both as `joinKey`
 * writes them), then one cell per further column.
 */
export type Row = readonly [key: string | null, ...cells: Cell[]]

/** The code under which tickets that do not state a dimension are shown. */
export const NONE = '(none)'

/** The key of a member's step: its code and the step's start. The last space parts them, since codes may hold some. */
export const joinKey = (code: string, step: string): string => `${code} ${step}`

/** Undoes `joinKey`. */
export function splitKey(key: string): [code: string, step: string] {
  const at = key.lastIndexOf(' ')
  return [key.slice(0, at), key.slice(at + 1)]
}

export interface ViewState {
  id: string
  columns: readonly Column[]
  /** In ascending order of key; empty without a breakdown. Time rows are complete, other rows are left out when all zero. */
  rows: readonly Row[]
  totals: Row
}

export interface ViewChange {
  id: string
  changed: readonly Row[]
  gone: readonly (string | null)[]
  totals: Row
}

/** Snapshot + patches = fresh snapshot (I3): this is the only code that applies a change. */
export function applyChange(state: ViewState, change: ViewChange): ViewState {
  if (change.changed.length === 0 && change.gone.length === 0) {
    return { ...state, totals: change.totals }
  }
  const rows = new Map(state.rows.map((row) => [row[0], row]))
  for (const key of change.gone) rows.delete(key)
  for (const row of change.changed) rows.set(row[0], row)
  return { ...state, rows: sortRows([...rows.values()]), totals: change.totals }
}

export function sortRows(rows: Row[]): Row[] {
  return rows.sort(([a], [b]) => (a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1))
}
