import { DAY } from '#shared/time.ts'
import { dateTimeFormat } from './formatters.ts'
import { language } from './language.svelte.ts'
import { t } from './t.ts'

const format = (options: Intl.DateTimeFormatOptions) =>
  dateTimeFormat(language().locale, { timeZone: 'UTC', ...options })

const day = { day: 'numeric', month: 'short' } as const

/** Local dates as a reader says them, the end not included: `Sat 21 Nov`, `9–15 Nov`. */
export function wholeDaysText({ start, end }: { start: string; end: string }): string {
  const [first, last] = [Date.parse(start), Date.parse(end) - DAY]
  if (first < last) return format(day).formatRange(first, last)
  const weekday = format({ weekday: 'short' }).format(first)
  return t('time.weekday', { weekday, day: format(day).format(first) })
}
