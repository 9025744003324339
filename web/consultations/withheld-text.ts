import type { Withheld } from '#shared/consultations/told.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** What stands in place of a text. */
export function withheldText({ reason, at }: Withheld, times: Times): string {
  const why = t(`consultation.reason.${reason}`)
  if (at === null) return t('consultation.withheldBySource', { reason: why })
  return t('consultation.withheldOn', { day: times.day(at), reason: why })
}
