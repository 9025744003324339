import type { Unit } from '#shared/measures/measure.ts'
import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { locale, t } from './t.ts'

export interface Quantity {
  value: string
  unit: string
}

const minus = (text: string) => text.replace('-', '−')

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })

export const number = (value: number): string => minus(whole.format(value))

/** 0.784 as 78.4: the unit is written beside it. */
export const percentValue = (share: number): string => tenths.format(share * 100)
export const percent = (share: number): string => percentValue(share) + t('unit.percent')
export const wholePercent = (share: number): string => whole.format(share * 100)

const signedWhole = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' })
const signedTenths = new Intl.NumberFormat(locale, {
  signDisplay: 'exceptZero',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})

export const signed = (value: number): string => minus(signedWhole.format(value))
export const signedPercent = (share: number): string =>
  minus(signedTenths.format(share * 100)) + t('unit.percent')
export const signedPoints = (share: number): string =>
  t('change.points', { n: minus(signedTenths.format(share * 100)) })

/** Seconds as people say them: 42 s, 38 min, 1 h 06 min, 9.6 d. */
export function duration(seconds: number): Quantity[] {
  const at = seconds * 1000
  if (at < MINUTE) return [{ value: whole.format(seconds), unit: t('unit.s') }]
  if (Math.round(at / MINUTE) < 60)
    return [{ value: whole.format(at / MINUTE), unit: t('unit.min') }]
  if (Math.round(at / MINUTE) >= DAY / MINUTE) {
    const days = at / DAY
    return [{ value: (days < 100 ? tenths : whole).format(days), unit: t('unit.d') }]
  }
  const minutes = Math.round(at / MINUTE)
  return [
    { value: whole.format(Math.floor(minutes / 60)), unit: t('unit.h') },
    { value: String(minutes % (HOUR / MINUTE)).padStart(2, '0'), unit: t('unit.min') },
  ]
}

export const durationText = (seconds: number): string =>
  duration(seconds)
    .map(({ value, unit }) => `${value}\u00a0${unit}`)
    .join(' ')

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
    ? `${tenths.format(milliseconds / 1000)}\u00a0${t('unit.s')}`
    : durationText(milliseconds / 1000)
