import { DAY, HOUR } from '#shared/time.ts'
import { t } from '../i18n/t.ts'

interface Term {
  opensAt: number
  closesAt: number
}

/** `9 days left`, `3 hours left`, `closed`, `opens in 2 days`. */
export function timeLeft({ opensAt, closesAt }: Term, now: number): string {
  if (now >= closesAt) return t('consultation.closed')
  if (now < opensAt) return t('consultation.opensIn', { days: Math.ceil((opensAt - now) / DAY) })
  const left = closesAt - now
  return left >= DAY
    ? t('consultation.daysLeft', { days: Math.floor(left / DAY) })
    : t('consultation.hoursLeft', { hours: Math.max(1, Math.floor(left / HOUR)) })
}
