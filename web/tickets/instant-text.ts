import type { Precision } from '#shared/ticket.ts'
import { HOUR } from '#shared/time.ts'
import { dateTimeFormat } from '../i18n/formatters.ts'
import { language } from '../i18n/language.svelte.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

interface Reading {
  times: Times
  /** The deployment's clock: its year goes without saying. */
  now: number
  precision: Precision
}

/** 19 Nov 14:38, with the year where it is another one; only the day where no more is known. */
export function instantText(at: number, { times, now, precision }: Reading): string {
  const isThisYear = yearOf(at, times) === yearOf(now, times)
  if (precision === 'day') return isThisYear ? times.day(at) : dayOfYear(at, times)
  if (!isThisYear) return times.moment(at)
  return t('time.dayMinute', { day: times.day(at), minute: times.minute(at) })
}

/** No zone lies further from UTC. */
const FURTHEST = 14 * HOUR

/** A formatter is asked only near a new year: a list writes thousands of instants while one scrolls. */
function yearOf(at: number, { zone }: Times): number {
  const year = new Date(at - FURTHEST).getUTCFullYear()
  if (new Date(at + FURTHEST).getUTCFullYear() === year) return year
  return Number(dateTimeFormat('en', { timeZone: zone, year: 'numeric' }).format(at))
}

/** 19 Nov 2026 */
const dayOfYear = (at: number, { zone }: Times): string =>
  dateTimeFormat(language().locale, {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(at)
