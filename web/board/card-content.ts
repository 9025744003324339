import { worked } from '#shared/measures/worked.ts'
import type { Cell, Row, ViewState } from '#shared/view.ts'
import type { Unit } from '#shared/measures/measure.ts'
import { cellText, percent, points, wholePercent } from '../i18n/format.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { Explained, NumberPlace } from './defined.ts'
import { cellReader } from './read-view.ts'
import { wilson } from '#shared/measures/wilson.ts'

/** A field with its number as it is written, and what it is. */
export interface Made {
  field: string
  value: string
  words: string
}

/** Reads the fields of a measure in the row a card is about; null where the view has no such row. */
export function fieldReader(view: ViewState | undefined, { measure, row }: NumberPlace) {
  const found = rowOf(view, row?.key)
  const read = view && cellReader(view)
  return (field: string): Cell =>
    read && found ? read(found, field === 'value' ? measure : `${measure}.${field}`) : null
}

function rowOf(view: ViewState | undefined, key: string | undefined): Row | undefined {
  return key === undefined ? view?.totals : view?.rows.find((row) => row[0] === key)
}

type Read = ReturnType<typeof fieldReader>
type Write = (value: Cell, unit: Unit, field: string) => string

/** How the cells of a view are written: a published share is a whole percent, and a small count is not told. */
export function cellWriter({ view }: NumberPlace, read: Read): Write {
  if (view !== 'published') return cellText
  return (value, unit, field) => {
    const most = read(`${field}.high`)
    if (value === null && most !== null && most < 10) return t('published.few')
    if (value === null) return t('published.notShown')
    if (unit === 'share') return wholePercent(value) + t('unit.percent')
    return unit === 'points' ? points(value) : cellText(value, unit)
  }
}

/** The formula with the numbers of the row: `412 ÷ 530 = 77.7%`. */
export function workedText(definition: Explained, read: Read, write: Write = cellText): string {
  return worked(definition, read)
    .map((piece) =>
      piece.field === undefined ? piece.sign : write(piece.value, piece.unit, piece.field),
    )
    .join('')
}

export function madeOf(definition: Explained, read: Read, write: Write = cellText): Made[] {
  const { fields: words } = textOf(definition)
  return definition.fields.map(({ name, unit }) => ({
    field: name,
    value: write(read(name), unit, name),
    words: words[name]!,
  }))
}

/** The 95 % interval of a rate as two shares; undefined where there is nothing to divide by. */
export function intervalOf(read: Read): { low: string; high: string } | undefined {
  const hits = read('numerator')
  const n = read('n')
  if (hits === null || !n) return undefined
  const [low, high] = wilson(hits, n)
  return { low: percent(low), high: percent(high) }
}
