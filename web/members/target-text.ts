import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { Deployment } from '#shared/deployment.ts'
import { durationText } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

export type Target = NonNullable<Deployment['targets']>[string]

/** What a category promises, in words: 24 hours by the clock to respond, 5 days to close. */
export function targetText({ respond, onTime }: Target): string {
  if (respond === null && onTime === null) return t('target.none')
  if (respond === null) return t('target.close', { close: lengthText(onTime!) })
  if (onTime === null) return t('target.respond', { respond: lengthText(respond) })
  return t('target.both', { respond: lengthText(respond), close: lengthText(onTime) })
}

/** Whole days from two on, else hours: a target of a day is one of 24 hours. */
export function lengthText(seconds: number): string {
  const at = seconds * 1000
  if (at >= 2 * DAY && at % DAY === 0) return t('target.days', { n: at / DAY })
  if (at > 0 && at % HOUR === 0) return t('target.hours', { n: at / HOUR })
  if (at > 0 && at % MINUTE === 0) return t('target.minutes', { n: at / MINUTE })
  return durationText(seconds)
}
