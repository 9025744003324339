import { dateTimeFormat } from './formatters.ts'
import { language } from './language.svelte.ts'
import { t } from './t.ts'

/** Writes instants in the page's language and the deployment's time zone: the reader's own does not matter. */
export interface Times {
  zone: string
  /** 14:38:07 */
  clock(at: number): string
  /** 14:38 */
  minute(at: number): string
  /** Thursday 19 November 2026 */
  date(at: number): string
  /** 2026-11-19 */
  isoDate(at: number): string
  /** 19 Nov 2026 */
  yearDay(at: number): string
  /** 19 Nov */
  day(at: number): string
  /** Thu 19 Nov */
  weekday(at: number): string
  /** Thu 14:38 */
  weekdayMinute(at: number): string
  /** 19 Nov 14:38 */
  dayMinute(at: number): string
  /** 19 Nov 2026, 14:38 */
  moment(at: number): string
  /** 14:38:07 today, with the date on another day. */
  since(at: number, now: number): string
}

export function createTimes(zone: string): Times {
  const { locale } = language()
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = dateTimeFormat(locale, { timeZone: zone, hourCycle: 'h23', ...options })
    return (at: number) => formatter.format(at)
  }
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const minute = format({ hour: '2-digit', minute: '2-digit' })
  const day = format({ day: 'numeric', month: 'short' })
  const weekday = format({ weekday: 'short' })
  const longWeekday = format({ weekday: 'long' })
  const longDate = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const shortDate = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const date = (at: number) => t('time.date', { weekday: longWeekday(at), date: longDate(at) })
  const dayMinute = (at: number, day: string) => t('time.dayMinute', { day, minute: minute(at) })
  const isoDate = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })

  return {
    zone,
    clock,
    minute,
    date,
    isoDate: (at) => isoDate.format(at),
    yearDay: shortDate,
    day,
    weekday: (at) => t('time.weekday', { weekday: weekday(at), day: day(at) }),
    weekdayMinute: (at) => dayMinute(at, weekday(at)),
    dayMinute: (at) => dayMinute(at, day(at)),
    moment: (at) => t('time.moment', { date: shortDate(at), minute: minute(at) }),
    since: (at, now) => (longDate(at) === longDate(now) ? clock(at) : dayMinute(at, day(at))),
  }
}
