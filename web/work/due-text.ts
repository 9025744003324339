import { DAY } from '#shared/time.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** Due today, tomorrow, Mon 23 Nov; of what is over: due yesterday. What ends at midnight ends the day before. */
export function dueText(dueAt: number, now: number, times: Times): string {
  const last = dueAt - 1
  const day = times.isoDate(last)
  const isAtMidnight = times.isoDate(dueAt) !== day
  if (day === times.isoDate(now)) {
    return t('work.due.today', { minute: times.minute(isAtMidnight ? last : dueAt) })
  }
  if (day === times.isoDate(now + DAY)) return t('work.due.tomorrow', { day: times.weekday(last) })
  if (day === times.isoDate(now - DAY)) return t('work.due.yesterday')
  return t('work.due.on', { day: times.weekday(last) })
}
