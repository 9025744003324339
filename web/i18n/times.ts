import { locale } from './t.ts'

/** Writes instants in the deployment's time zone: the reader's own does not matter. */
export interface Times {
  zone: string
  /** 14:38:07 */
  clock(at: number): string
  /** 14:38 */
  minute(at: number): string
  /** Thursday 19 November 2026 */
  date(at: number): string
  /** 19 Nov */
  day(at: number): string
  /** Thu 19 Nov */
  weekday(at: number): string
  /** Thu 14:38 */
  weekdayMinute(at: number): string
  /** 19 Nov 2026, 14:38 */
  moment(at: number): string
  /** 14:38:07 today, with the date on another day. */
  since(at: number, now: number): string
}

export function createTimes(zone: string): Times {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, {
      timeZone: zone,
      hourCycle: 'h23',
      ...options,
    })
    return (at: number) => formatter.format(at).replaceAll(',', '')
  }
  const clock = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const day = format({ day: 'numeric', month: 'short' })
  const minute = format({ hour: '2-digit', minute: '2-digit' })
  const date = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const dayOfYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
  const weekday = format({ weekday: 'short' })

  return {
    zone,
    clock,
    minute,
    date,
    day,
    weekday: (at) => `${weekday(at)} ${day(at)}`,
    weekdayMinute: (at) => `${weekday(at)} ${minute(at)}`,
    moment: (at) => `${dayOfYear(at)}, ${minute(at)}`,
    since: (at, now) => (date(at) === date(now) ? clock(at) : `${day(at)} ${minute(at)}`),
  }
}
