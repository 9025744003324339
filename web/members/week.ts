import type { Cell, ViewState } from '#shared/view.ts'
import { changeOf, type ChangeKind } from '../board/change.ts'
import { changeText } from '../board/change-text.ts'
import { moveOf } from '../board/moved.ts'
import { totalOf } from '../board/read-view.ts'
import { wilson } from '#shared/measures/wilson.ts'
import { cellText, durationText, number, percent } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

export type WeekMeasure = 'received' | 'closed' | 'open' | 'onTimeRate' | 'timeToClose'

/** A line of the week: a number of the last 7 days, that of the 7 before, and what may be said of them. */
export interface WeekRow {
  measure: WeekMeasure
  now: string
  before: string
  change: { amount: string; word: string } | undefined
  /** What both were made of. */
  made: string
}

interface Weeks {
  now: ViewState
  before: ViewState
  minN: number
}

export function weekRows(weeks: Weeks): WeekRow[] {
  return [
    flowRow('received', weeks),
    flowRow('closed', weeks),
    stockRow(weeks),
    rateRow(weeks),
    durationRow(weeks),
  ]
}

/** Whether a difference of two counts of a flow is more than chance makes is said with it. */
function flowRow(measure: 'received' | 'closed', { now, before, minN }: Weeks): WeekRow {
  const [is, was] = [totalOf(now, measure) ?? 0, totalOf(before, measure) ?? 0]
  const move = moveOf(is, was, minN)
  return {
    measure,
    now: number(is),
    before: number(was),
    change: worded(changed('count', is, was), t(`category.move.${move}`)),
    made: '',
  }
}

function stockRow({ now, before }: Weeks): WeekRow {
  const [is, was] = [totalOf(now, 'open'), totalOf(before, 'open')]
  return {
    measure: 'open',
    now: cellText(is, 'tickets'),
    before: cellText(was, 'tickets'),
    change: changed('stock', is, was),
    made: t('week.instants'),
  }
}

function rateRow({ now, before, minN }: Weeks): WeekRow {
  const [is, was] = [rateOf(now), rateOf(before)]
  const word = isClear(is, was, minN) ? undefined : t('category.move.unclear')
  const change = changed('share', is.value, was.value)
  return {
    measure: 'onTimeRate',
    now: is.value === null ? t('tile.noData') : percent(is.value),
    before: was.value === null ? t('tile.noData') : percent(was.value),
    change: word === undefined ? change : worded(change, word),
    made: t('week.due', { now: is.n, before: was.n }),
  }
}

/** Half of the closes; of a median there is no interval, so the difference is told and no more. */
function durationRow({ now, before }: Weeks): WeekRow {
  const [is, was] = [totalOf(now, 'timeToClose.p50'), totalOf(before, 'timeToClose.p50')]
  const text = (cell: Cell) => (cell === null ? t('tile.noData') : durationText(cell))
  return {
    measure: 'timeToClose',
    now: text(is),
    before: text(was),
    change: changed('duration', is, was),
    made: t('week.closes', {
      now: totalOf(now, 'timeToClose.n') ?? 0,
      before: totalOf(before, 'timeToClose.n') ?? 0,
    }),
  }
}

interface Rate {
  value: Cell
  hits: number
  n: number
}

function rateOf(view: ViewState): Rate {
  return {
    value: totalOf(view, 'onTimeRate'),
    hits: totalOf(view, 'onTimeRate.numerator') ?? 0,
    n: totalOf(view, 'onTimeRate.n') ?? 0,
  }
}

/** Two rates differ clearly where their intervals lie apart and each is of enough. */
function isClear(is: Rate, was: Rate, minN: number): boolean {
  if (Math.min(is.n, was.n) < Math.max(1, minN)) return false
  const [[low, high], [lowBefore, highBefore]] = [wilson(is.hits, is.n), wilson(was.hits, was.n)]
  return low > highBefore || high < lowBefore
}

function changed(kind: ChangeKind, is: Cell, was: Cell) {
  const change = changeOf(kind, is, was)
  return change && changeText(change)
}

const worded = (change: ReturnType<typeof changed>, word: string) => change && { ...change, word }
