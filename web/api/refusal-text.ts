import { refusalCodes } from '#shared/oversight/refusal.ts'
import { t } from '../i18n/t.ts'
import type { Refused } from './ask.ts'

/** Why something was not done, in the language of the page: what is kept, and what to do. */
export function refusalText({
  status,
  code,
  message,
}: Pick<Refused, 'status' | 'code' | 'message'>) {
  if (status === 0) return t('refused.unanswered')
  const known = refusalCodes.find((one) => one === code)
  return known ? t(`refused.${known}`, { error: message }) : t('refused.other', { error: message })
}
