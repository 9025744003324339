import type { Cell, ViewState } from '#shared/view.ts'
import { number, percentValue, type Quantity } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { type Key, t } from '../i18n/t.ts'
import { changeText } from './change-text.ts'
import { type Change, type ChangeKind, changeOf } from './change.ts'
import { type About, defined } from './defined.ts'
import { columnOf, totalOf } from './read-view.ts'
import { isComparable, type Step } from './timeline.ts'

/** What a tile says, whatever the state of the connection. */
export interface TileContent {
  id: string
  /** Which number its definition card is about. */
  about: About
  label: string
  /** Undefined where there is nothing to divide by, or nothing may be told: never 0. */
  value: Quantity[] | undefined
  /** Undefined where there is nothing to compare. */
  change: { amount: string; word: string } | undefined
  /** Said instead of a change that there is not. */
  noChange: string
  /** What the value was made of, or what it holds. */
  made: string
  isOverdue: boolean
  /** Said instead of a value, and why. */
  missing: { word: string; why: string }
  line: readonly Cell[]
  /** The previous period, thin, under the line. */
  ghost: readonly Cell[]
  isZeroBased: boolean
  /** The line's last step still runs; a stock's last value is its value. */
  isRunning: boolean
}

/** The views the tiles read; any may not have come yet. */
export interface TileViews {
  now: ViewState | undefined
  before: ViewState | undefined
  flow: ViewState | undefined
  flowBefore: ViewState | undefined
  steps: readonly Step[]
}

interface Definition {
  id: 'received' | 'open' | 'responseRate' | 'onTimeRate'
  shape: Extract<ChangeKind, 'count' | 'stock' | 'share'>
  missing: Key
  made(views: TileViews, runningSince: string | undefined): string
}

const definitions: Definition[] = [
  { id: 'received', shape: 'count', missing: 'tile.noTicket', made: soFar },
  {
    id: 'open',
    shape: 'stock',
    missing: 'tile.noTicket',
    made: ({ now }) => t('tile.overdue', { n: totalOf(now, 'overdue') ?? 0 }),
  },
  {
    id: 'responseRate',
    shape: 'share',
    missing: 'tile.nothingToAnswer',
    made: fraction('tile.inTime', 'responseRate'),
  },
  {
    id: 'onTimeRate',
    shape: 'share',
    missing: 'tile.nothingDue',
    made: fraction('tile.due', 'onTimeRate'),
  },
]

/** `runningSince` is when the running minute or hour began, as the reader says it; undefined for a day. */
export function tileContents(views: TileViews, runningSince: string | undefined): TileContent[] {
  return definitions.map((definition) => tileContent(definition, views, runningSince))
}

function tileContent(
  definition: Definition,
  views: TileViews,
  runningSince: string | undefined,
): TileContent {
  const { id, shape, missing, made } = definition
  const value = totalOf(views.now, id)
  const change = changeIn(definition, views)
  return {
    id,
    about: { measure: id, view: 'now' },
    label: textOf(defined[id]).name,
    value: value === null ? undefined : quantity(shape, value),
    change: change && changeText(change),
    noChange: t(isComparable(views.steps) ? 'tile.noComparison' : 'tile.noWhole'),
    made: made(views, runningSince),
    isOverdue: id === 'open' && (totalOf(views.now, 'overdue') ?? 0) > 0,
    missing: { word: t('tile.noData'), why: t(missing) },
    ...linesOf(definition, views),
  }
}

/** Both periods are equally long and as far into their last hour: nothing unfinished is read as a drop. */
function changeIn({ id, shape }: Definition, views: TileViews): Change | undefined {
  if (shape !== 'stock' && !isComparable(views.steps)) return undefined
  return changeOf(shape, totalOf(views.now, id), totalOf(views.before, id))
}

type Lines = Pick<TileContent, 'line' | 'ghost' | 'isZeroBased' | 'isRunning'>

/** A first step that the window's start cuts would look like a rise. */
function linesOf({ id, shape }: Definition, { flow, flowBefore, steps }: TileViews): Lines {
  const isStock = shape === 'stock'
  const isShown = (index: number) => isStock || steps[index]?.part !== 'cut'
  const line = columnOf(flow, id).map((value, index) => (isShown(index) ? value : null))
  const ghost = columnOf(flowBefore, id).map((value, index) =>
    steps[index]?.part === 'whole' ? value : null,
  )
  const isCount = shape === 'count'
  return { line, ghost: isCount ? ghost : [], isZeroBased: isCount, isRunning: !isStock }
}

function quantity(shape: ChangeKind, value: number): Quantity[] {
  if (shape === 'share') return [{ value: percentValue(value), unit: t('unit.percent') }]
  return [{ value: number(value), unit: '' }]
}

function soFar({ flow }: TileViews, start: string | undefined): string {
  const n = columnOf(flow, 'received').at(-1) ?? 0
  return start === undefined ? t('tile.soFarDay', { n }) : t('tile.soFar', { n, start })
}

function fraction(key: 'tile.due' | 'tile.inTime', column: string): Definition['made'] {
  return ({ now }) =>
    t(key, { hits: totalOf(now, `${column}.numerator`) ?? 0, n: totalOf(now, `${column}.n`) ?? 0 })
}
