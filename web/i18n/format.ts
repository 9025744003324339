import type { Unit } from '#shared/measures/measure.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { numberFormat } from './formatters.ts'
import { language } from './language.svelte.ts'
import { t } from './t.ts'

export interface Quantity {
  value: string
  unit: string
}

/** A number by the page's language, with a true minus. */
function writer(options: Intl.NumberFormatOptions): (value: number) => string {
  return (value) => numberFormat(language().locale, options).format(value).replace('-', '−')
}

const oneDecimal = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
const whole = writer({ maximumFractionDigits: 0 })
const tenths = writer(oneDecimal)
const twoDigits = writer({ minimumIntegerDigits: 2 })
const signedWhole = writer({ signDisplay: 'exceptZero', maximumFractionDigits: 0 })
const signedTenths = writer({ signDisplay: 'exceptZero', ...oneDecimal })

export const number = (value: number): string => whole(value)

/** 0.784 as 78.4: the unit is written beside it. */
export const percentValue = (share: number): string => tenths(share * 100)
export const percent = (share: number): string => percentValue(share) + t('unit.percent')
export const wholePercent = (share: number): string => whole(share * 100)

export const signed = (value: number): string => signedWhole(value)
export const signedPercent = (share: number): string =>
  signedTenths(share * 100) + t('unit.percent')
/** Of a number small enough that tenths would claim too much. */
export const signedWholePercent = (share: number): string =>
  signedWhole(share * 100) + t('unit.percent')
/** Points whose unit is written once for several. */
export const signedPointsValue = (share: number): string => signedTenths(share * 100)
export const signedPoints = (share: number): string =>
  t('change.points', { n: signedPointsValue(share) })

/** 0.184 as 18.4 points: a distance, which has no plus. */
export const points = (share: number): string => t('change.points', { n: percentValue(share) })
/** Of published shares, which are whole percents. */
export const signedWholePoints = (share: number): string => {
  const whole = Math.round(share * 100)
  return t('points.whole', { n: signedWhole(whole), count: Math.abs(whole) })
}

/** Seconds as people say them: 42 s, 38 min, 1 h 06 min, 9.6 d. */
export function duration(seconds: number): Quantity[] {
  const at = seconds * 1000
  if (at < MINUTE) return [{ value: whole(seconds), unit: t('unit.s') }]
  if (Math.round(at / MINUTE) < 60) return [{ value: whole(at / MINUTE), unit: t('unit.min') }]
  if (Math.round(at / MINUTE) >= DAY / MINUTE) {
    const days = at / DAY
    return [{ value: (days < 100 ? tenths : whole)(days), unit: t('unit.d') }]
  }
  const minutes = Math.round(at / MINUTE)
  return [
    { value: whole(Math.floor(minutes / 60)), unit: t('unit.h') },
    { value: twoDigits(minutes % (HOUR / MINUTE)), unit: t('unit.min') },
  ]
}

export const durationText = (seconds: number): string =>
  duration(seconds)
    .map(({ value, unit }) => `${value}\u00a0${unit}`)
    .join(' ')

/** A duration that is whole in one unit is told in it: 5 d, 36 h. */
export function wholeDuration(seconds: number): string {
  for (const [length, unit] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
  ] as const) {
    if (seconds > 0 && (seconds * 1000) % length === 0)
      return `${whole((seconds * 1000) / length)}\u00a0${t(`unit.${unit}`)}`
  }
  return durationText(seconds)
}

export const signedDuration = (seconds: number): string => {
  const sign = seconds < 0 ? '−' : '+'
  return Math.round(seconds) === 0 ? durationText(0) : sign + durationText(Math.abs(seconds))
}

/** A number by its unit; without one, "no data" (I7). */
export function cellText(value: number | null, unit: Unit): string {
  if (value === null) return t('tile.noData')
  if (unit === 'share') return percent(value)
  if (unit === 'points') return signedPoints(value)
  return unit === 'seconds' ? durationText(value) : number(value)
}

/** A lag or an age in milliseconds: tenths of a second where that matters. */
export const lag = (milliseconds: number): string =>
  milliseconds < 10_000
    ? `${tenths(milliseconds / 1000)}\u00a0${t('unit.s')}`
    : durationText(milliseconds / 1000)
