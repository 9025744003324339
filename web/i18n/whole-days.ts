import { DAY } from '#shared/time.ts'
import { locale } from './t.ts'

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })

const one = format({ weekday: 'short', day: 'numeric', month: 'short' })
const several = format({ day: 'numeric', month: 'short' })

/** Local dates as a reader says them, the end not included: `Sat 21 Nov`, `9–15 Nov`. */
export function wholeDaysText({ start, end }: { start: string; end: string }): string {
  const [first, last] = [Date.parse(start), Date.parse(end) - DAY]
  if (first === last) return one.format(first).replaceAll(',', '')
  return several.formatRange(first, last)
}
