import { claimedShare } from '#shared/measures/resolution-gap.ts'
import { wilson } from '#shared/measures/wilson.ts'
import type { NumberEvidence } from '#shared/oversight/evidence.ts'
import type { Fields } from '#shared/oversight/frozen.ts'
import type { Cell } from '#shared/view.ts'
import { number, wholePercent } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

/** A share as it was told, and what it was made of. */
interface Judged {
  value: Cell
  hits: Cell
  n: Cell
}

export interface Judges {
  citizens: Judged
  /** Of the same citizens' tickets. */
  agencies: Judged
  /** As a share; below zero, citizens say more. */
  gap: Cell
}

/** The two sides of a frozen gap; undefined of every other number. */
export function judgesOf({ measure, fields, beside }: Judging): Judges | undefined {
  if (measure !== 'resolutionGap') return undefined
  const { asserted = null, confirmed = null, n = null, value = null } = fields
  const told = beside?.find((one) => one.measure === 'resolutionConfirmed')?.fields
  return {
    citizens: { value: told ? (told.value ?? null) : shareOf(confirmed, n), hits: confirmed, n },
    agencies: { value: claimedShare(asserted, n), hits: asserted, n },
    gap: value,
  }
}

type Judging = Pick<NumberEvidence, 'measure' | 'fields' | 'beside'>

const shareOf = (hits: Cell, n: Cell): Cell => (hits === null || !n ? null : hits / n)

/** Of a rate, the counts that it is made of. */
export function rateOf({ value = null, numerator = null, n = null }: Fields): Judged {
  return { value, hits: numerator, n }
}

/** How far a share of so many may be from that of all; empty where it is not of a known number. */
export function intervalText({ value, hits, n }: Judged): string {
  if (value === null || hits === null || !n || hits > n) return ''
  const [low, high] = wilson(hits, n).map((share) => wholePercent(share) + t('unit.percent'))
  return t('evidence.interval', { low: low!, high: high! })
}

export function fractionText({ hits, n }: Judged): string {
  if (hits === null || n === null) return ''
  return t('evidence.fraction', { hits: number(hits), n: number(n) })
}

/** Of all closes, how many citizens were asked about; empty where it is not beside the number. */
export function coverageText({ beside }: Pick<NumberEvidence, 'beside'>): string {
  const share = beside?.find(({ measure }) => measure === 'surveyCoverage')?.fields.value
  if (typeof share !== 'number') return ''
  return t('evidence.coverage', { share: wholePercent(share) + t('unit.percent') })
}
