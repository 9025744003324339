import type { Fields, Revisions } from '#shared/ledger/sheet.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { cellText, signed, signedPoints } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { isRevised } from '../live/revised-days.svelte.ts'
import { type DefinedId, defined } from './defined.ts'

/** So many are told on a card, the newest first. */
const MOST = 3

export interface RevisedText {
  day: string
  said: string
  /** Of what was told first, and of what was told last. */
  leaves: readonly [first: number, last: number]
}

/** What of a measure was first told of a day, what is told now, by how much and why that differs. */
export function revisedTexts(
  days: Revisions['days'],
  measure: DefinedId,
  times: Times,
): { n: number; newest: RevisedText[] } {
  const revised = days.filter((day) => isRevised(day, measure))
  const newest = revised.slice(0, MOST).map(({ day, first, last }) => {
    const [was, is] = [first.measures[measure] ?? {}, last.measures[measure] ?? {}]
    const words = {
      day: times.day(Date.parse(`${day}T12:00:00Z`)),
      was: written(measure, was),
      is: written(measure, is),
      change: changeOf(measure, was, is),
      n: last.tickets,
    }
    return { day, said: t('card.revisedDay', words), leaves: [first.leaf, last.leaf] as const }
  })
  return { n: revised.length, newest }
}

function written(measure: DefinedId, fields: Fields): string {
  const value = cellText(fields.value ?? null, unitOf(measure))
  const { numerator, n } = fields
  if (typeof numerator !== 'number' || typeof n !== 'number') return value
  return t('card.revisedShare', { value, hits: numerator, n })
}

function changeOf(measure: DefinedId, was: Fields, is: Fields): string {
  if (typeof was.value !== 'number' || typeof is.value !== 'number') return t('none')
  const by = is.value - was.value
  return unitOf(measure) === 'share' ? signedPoints(by) : signed(by)
}

function unitOf(measure: DefinedId) {
  const { fields }: Measure = defined[measure]
  return fields[0]!.unit
}
