import { DAY, HOUR } from '#shared/time.ts'
import { t } from '../i18n/t.ts'

interface Term {
  opensAt: number
  closesAt: number
}

/** `9 days left`, `3 hours left`, `Closed`, `Opens in 2 days`: of a consultation or a poll. */
export function timeLeft({ opensAt, closesAt }: Term, now: number): string {
  if (now >= closesAt) return t('term.closed')
  if (now < opensAt) return t('term.opensIn', { days: Math.ceil((opensAt - now) / DAY) })
  const left = closesAt - now
  if (left >= DAY) return t('term.daysLeft', { days: Math.floor(left / DAY) })
  return t('term.hoursLeft', { hours: Math.max(1, Math.floor(left / HOUR)) })
}
