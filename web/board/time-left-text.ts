import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { t } from '../i18n/t.ts'

/** `9 days`, `3 hours`: as of a minute. */
export function timeLeftText(closesAt: number, minute: number): string {
  const left = closesAt - minute * MINUTE
  return left < DAY
    ? t('consultations.hours', { hours: Math.max(1, Math.floor(left / HOUR)) })
    : t('consultations.days', { days: Math.floor(left / DAY) })
}
