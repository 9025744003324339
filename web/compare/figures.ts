import type { ViewState } from '#shared/view.ts'
import { defined } from '../board/defined.ts'
import { moveOf } from '../board/moved.ts'
import { totalOf } from '../board/read-view.ts'
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
  signedPointsValue,
} from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import { differenceOf, type Share } from './difference.ts'

/** How two numbers of a measure are compared: flows by what chance makes of counts, shares by their interval. */
type Kind = 'flow' | 'stock' | 'share' | 'duration'

const shown = {
  received: 'flow',
  closed: 'flow',
  open: 'stock',
  overdue: 'stock',
  responseRate: 'share',
  onTimeRate: 'share',
  resolutionAsserted: 'share',
  timeToClose: 'duration',
} as const satisfies Partial<Record<keyof typeof defined, Kind>>

export type FigureId = keyof typeof shown
const ids = Object.keys(shown) as FigureId[]

export interface Figure {
  id: FigureId
  label: string
  a: FigureSide
  b: FigureSide
  difference: Difference | undefined
}

export interface FigureSide {
  /** Undefined where there is nothing to divide by: never 0 (I7). */
  value: Quantity[] | undefined
  made: string
}

type Word = Direction | 'same' | 'unclear' | 'few'
type Direction = 'more' | 'fewer' | 'higher' | 'lower' | 'slower' | 'faster'

/** Of a − b: above and below zero. */
const directions: Record<Kind, [above: Direction, below: Direction]> = {
  flow: ['more', 'fewer'],
  stock: ['more', 'fewer'],
  share: ['higher', 'lower'],
  duration: ['slower', 'faster'],
}

/** Of a − b. */
export interface Difference {
  amount: string
  /** What may be said of it. */
  word: Word
  /** Of two shares of separate tickets. */
  interval: { at: number; low: number; high: number; text: string } | undefined
}

export interface Pair {
  a: ViewState
  b: ViewState
}

interface Terms {
  minN: number
  /** No ticket is on both sides. */
  areApart: boolean
}

/** The headline of both sides: nothing is claimed that the numbers do not carry. */
export function figures(pair: Pair, terms: Terms): Figure[] {
  return ids.map((id) => ({
    id,
    label: textOf(defined[id]).name,
    a: sideOf(id, pair.a),
    b: sideOf(id, pair.b),
    difference: difference(id, pair, terms),
  }))
}

const columnOf = (id: FigureId): string => (id === 'timeToClose' ? 'timeToClose.p50' : id)

function sideOf(id: FigureId, view: ViewState): FigureSide {
  const value = totalOf(view, columnOf(id))
  return { value: value === null ? undefined : quantity(shown[id], value), made: made(id, view) }
}

function quantity(kind: Kind, value: number): Quantity[] {
  if (kind === 'share') return [{ value: percentValue(value), unit: t('unit.percent') }]
  return kind === 'duration' ? duration(value) : [{ value: number(value), unit: '' }]
}

function made(id: FigureId, view: ViewState): string {
  const kind: Kind = shown[id]
  if (kind === 'share') {
    const { hits, n } = shareIn(id, view)
    return t('compare.fraction', { hits, n })
  }
  if (kind !== 'duration') return ''
  const [p90, n] = [totalOf(view, `${id}.p90`), totalOf(view, `${id}.n`) ?? 0]
  return p90 === null ? t('compare.n', { n }) : t('tile.p90', { p90: durationText(p90), n })
}

const shareIn = (id: FigureId, view: ViewState): Share => ({
  hits: totalOf(view, `${id}.numerator`) ?? 0,
  n: totalOf(view, `${id}.n`) ?? 0,
})

function difference(id: FigureId, { a, b }: Pair, terms: Terms): Difference | undefined {
  const [left, right] = [totalOf(a, columnOf(id)), totalOf(b, columnOf(id))]
  if (left === null || right === null) return undefined
  const kind: Kind = shown[id]
  if (kind === 'share') return ofShares(shareIn(id, a), shareIn(id, b), terms)
  const word = wordFor(kind, left - right)
  if (kind === 'duration')
    return { amount: signedDuration(left - right), word, interval: undefined }
  const isMove = kind === 'flow' && terms.areApart
  return {
    amount: countText(left, right),
    word: isMove ? moveOf(left, right, terms.minN) : word,
    interval: undefined,
  }
}

function ofShares(a: Share, b: Share, { minN, areApart }: Terms): Difference {
  const at = a.hits / a.n - b.hits / b.n
  const amount = signedPoints(at)
  if (a.n < minN || b.n < minN) return { amount, word: 'few', interval: undefined }
  if (!areApart) return { amount, word: wordFor('share', at), interval: undefined }
  const [low, high] = differenceOf(a, b)
  const text = t('compare.interval', { low: signedPointsValue(low), high: signedPointsValue(high) })
  const isClear = low > 0 || high < 0
  return {
    amount,
    word: isClear ? wordFor('share', at) : 'unclear',
    interval: { at, low, high, text },
  }
}

function countText(a: number, b: number): string {
  if (b === 0 || a === b) return signed(a - b)
  return t('compare.count', { n: signed(a - b), share: signedPercent((a - b) / b) })
}

function wordFor(kind: Kind, difference: number): Word {
  if (difference === 0) return 'same'
  return directions[kind][difference > 0 ? 0 : 1]
}

/** As far as the intervals of all shares reach from zero: the one scale on which they are drawn. */
export function reachOf(list: readonly Figure[]): number {
  const ends = list.flatMap(({ difference }) => {
    const interval = difference?.interval
    return interval ? [Math.abs(interval.low), Math.abs(interval.high)] : []
  })
  return Math.max(0.01, ...ends)
}
