import { DAY } from '#shared/time.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** Due today, tomorrow, Mon 23 Nov; of what is over: due yesterday. */
export function dueText(dueAt: number, now: number, times: Times): string {
  const day = times.isoDate(dueAt)
  if (day === times.isoDate(now)) return t('work.due.today', { minute: times.minute(dueAt) })
  if (day === times.isoDate(now + DAY)) {
    return t('work.due.tomorrow', { day: times.weekday(dueAt) })
  }
  if (day === times.isoDate(now - DAY)) return t('work.due.yesterday')
  return t('work.due.on', { day: times.weekday(dueAt) })
}
