import type { Cell, ViewState } from '#shared/view.ts'
import {
  duration,
  durationText,
  number,
  percentValue,
  type Quantity,
  signed,
  signedDuration,
  signedPercent,
  signedPoints,
} from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { type Key, t } from '../i18n/t.ts'
import { type Change, type ChangeKind, changeOf } from './change.ts'
import { defined } from './defined.ts'
import { columnOf, totalOf } from './read-view.ts'

/** What a tile says, whatever the state of the connection. */
export interface TileContent {
  id: Definition['id']
  label: string
  /** Undefined where there is nothing to divide by: "no data", never 0. */
  value: Quantity[] | undefined
  change: { amount: string; word: string } | undefined
  /** What the value was made of, or what it holds. */
  made: string
  isOverdue: boolean
  /** Why there is no data. */
  missing: string
  line: Cell[]
  /** A flow begins at zero and its last step still runs; a stock's last value is its value. */
  shape: ChangeKind
}

/** The views the tiles read; any may not have come yet. */
export interface TileViews {
  now: ViewState | undefined
  before: ViewState | undefined
  flow: ViewState | undefined
  /** The first step of `flow` is cut by the window's start, so that it would look like a rise. */
  isFirstCut: boolean
}

interface Definition {
  id: 'received' | 'open' | 'closed' | 'onTimeRate' | 'onTimeRateClosed' | 'timeToClose'
  column: string
  shape: ChangeKind
  missing: Key
  made(views: TileViews, runningSince: string | undefined): string
}

const definitions: Definition[] = [
  {
    id: 'received',
    column: 'received',
    shape: 'count',
    missing: 'tile.noTicket',
    made: soFar('received'),
  },
  {
    id: 'open',
    column: 'open',
    shape: 'stock',
    missing: 'tile.noTicket',
    made: ({ now }) => t('tile.overdue', { n: totalOf(now, 'overdue') ?? 0 }),
  },
  {
    id: 'closed',
    column: 'closed',
    shape: 'count',
    missing: 'tile.noTicket',
    made: soFar('closed'),
  },
  {
    id: 'onTimeRate',
    column: 'onTimeRate',
    shape: 'share',
    missing: 'tile.nothingDue',
    made: fraction('tile.due', 'onTimeRate'),
  },
  {
    id: 'onTimeRateClosed',
    column: 'onTimeRateClosed',
    shape: 'share',
    missing: 'tile.nothingClosed',
    made: fraction('tile.closedWithDue', 'onTimeRateClosed'),
  },
  {
    id: 'timeToClose',
    column: 'timeToClose.p50',
    shape: 'duration',
    missing: 'tile.nothingClosed',
    made: longTail,
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
  const { id, column, shape, missing, made } = definition
  const value = totalOf(views.now, column)
  const change = changeOf(shape, value, totalOf(views.before, column))
  return {
    id,
    label: labelOf(id),
    value: value === null ? undefined : quantity(shape, value),
    change: change && { amount: amountText(change), word: t(`change.${change.word}`) },
    made: made(views, runningSince),
    isOverdue: id === 'open' && (totalOf(views.now, 'overdue') ?? 0) > 0,
    missing: t(missing),
    line: lineOf(definition, views),
    shape,
  }
}

function labelOf(id: Definition['id']): string {
  const { name } = textOf(defined[id])
  return id === 'timeToClose' ? t('tile.half', { name }) : name
}

function lineOf({ column, shape }: Definition, { flow, isFirstCut }: TileViews): Cell[] {
  const values = columnOf(flow, column)
  return isFirstCut && shape !== 'stock' ? [null, ...values.slice(1)] : values
}

function quantity(shape: ChangeKind, value: number): Quantity[] {
  if (shape === 'duration') return duration(value)
  if (shape === 'share') return [{ value: percentValue(value), unit: t('unit.percent') }]
  return [{ value: number(value), unit: '' }]
}

function amountText({ as, amount }: Change): string {
  switch (as) {
    case 'percent':
      return signedPercent(amount)
    case 'count':
      return signed(amount)
    case 'points':
      return signedPoints(amount)
    case 'duration':
      return signedDuration(amount)
  }
}

function soFar(column: string): Definition['made'] {
  return ({ flow }, start) => {
    const n = columnOf(flow, column).at(-1) ?? 0
    return start === undefined ? t('tile.soFarDay', { n }) : t('tile.soFar', { n, start })
  }
}

function fraction(key: 'tile.due' | 'tile.closedWithDue', column: string): Definition['made'] {
  return ({ now }) =>
    t(key, { hits: totalOf(now, `${column}.numerator`) ?? 0, n: totalOf(now, `${column}.n`) ?? 0 })
}

function longTail({ now }: TileViews): string {
  const p90 = totalOf(now, 'timeToClose.p90')
  const n = totalOf(now, 'timeToClose.n') ?? 0
  return p90 === null ? t('tile.noneClosed') : t('tile.p90', { p90: durationText(p90), n })
}
