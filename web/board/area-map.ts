import type { ViewState } from '#shared/view.ts'
import type { Boundary, MapArea } from '../charts/map-data.ts'
import { number, percent } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { classOf, countClasses, type MapClasses, rateClasses } from './map-classes.ts'
import { rank, type Ranked, totalRate } from './ranking.ts'
import type { Ranking } from './selection.ts'

export interface MapInput {
  boundaries: readonly Boundary[]
  view: ViewState
  by: Ranking
  minN: number
  nameOf: (code: string) => string
  isChosen: (code: string) => boolean
}

export interface AreaMapData {
  areas: MapArea[]
  classes: MapClasses
  /** What fell due, or was counted, in all; and of that what lies in no area of the map. */
  all: number
  elsewhere: number
}

/** The ranking of areas as a map: too few to rank, and what has no rate, has no class. */
export function areaMapData(input: MapInput): AreaMapData {
  const { boundaries, view, by, minN } = input
  const rows = new Map(
    rank(view, by, minN)
      .flatMap((group) => group.rows)
      .map((row) => [row.code, row]),
  )
  const shown = boundaries.map((boundary) => ({
    boundary,
    row: rows.get(boundary.properties.code),
  }))
  const values = shown.flatMap(({ row }) => valueOf(row, by, minN) ?? [])
  const classes = by === 'onTimeRate' ? rateClasses(values) : countClasses(values)
  const amount = (row: Ranked) => (by === 'onTimeRate' ? row.onTime.n : row[by])
  const all =
    by === 'onTimeRate'
      ? totalRate(view).n
      : [...rows.values()].reduce((sum, row) => sum + amount(row), 0)
  const here = shown.reduce((sum, { row }) => sum + (row ? amount(row) : 0), 0)
  return {
    areas: shown.map(({ boundary, row }) => mapArea({ boundary, row, classes, input })),
    classes,
    all,
    elsewhere: all - here,
  }
}

/** A rate in points, or a count; undefined where none may be shown. */
function valueOf(row: Ranked | undefined, by: Ranking, minN: number): number | undefined {
  if (by !== 'onTimeRate') return row?.[by] ?? 0
  if (!row || row.onTime.value === null || row.onTime.n < minN) return undefined
  return row.onTime.value * 100
}

interface Shown {
  boundary: Boundary
  row: Ranked | undefined
  classes: MapClasses
  input: MapInput
}

function mapArea({ boundary, row, classes, input }: Shown): MapArea {
  const { by, minN, nameOf, isChosen } = input
  const { code } = boundary.properties
  const value = valueOf(row, by, minN)
  return {
    code,
    boundary,
    name: nameOf(code),
    value: valueText(value, row, by),
    made: madeOf(row, by),
    step: value === undefined ? undefined : classOf(value, classes),
    isChosen: isChosen(code),
  }
}

function valueText(value: number | undefined, row: Ranked | undefined, by: Ranking): string {
  if (value === undefined) return t(row && row.onTime.n > 0 ? 'map.few' : 'map.none')
  return by === 'onTimeRate' ? percent(value / 100) : number(value)
}

function madeOf(row: Ranked | undefined, by: Ranking): string {
  if (!row || (by === 'onTimeRate' && row.onTime.n === 0)) return t('ranking.noneDue')
  const { hits, n } = row.onTime
  return t('ranking.onTime', { hits, n })
}

/** What each class holds, the weakest first. */
export function classTexts({ bounds, isLowStronger }: MapClasses): string[] {
  const [first, second, third, last] = bounds.map((bound) => number(bound)) as [
    string,
    string,
    string,
    string,
  ]
  if (!isLowStronger)
    return [
      t('map.under', { to: first }),
      ...[
        [first, second],
        [second, third],
        [third, last],
      ].map(([from, to]) => t('map.between', { from: from!, to: to! })),
      t('map.over', { from: last }),
    ]
  return [
    t('map.over', { from: first + t('unit.percent') }),
    ...[
      [second, first],
      [third, second],
      [last, third],
    ].map(([from, to]) => t('map.between', { from: from!, to: to! })),
    t('map.under', { to: last }),
  ]
}
