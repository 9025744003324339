import { refusalCodes } from '#shared/oversight/refusal.ts'
import { t } from '../i18n/t.ts'
import type { Refused } from './ask.ts'

type Why = Pick<Refused, 'status' | 'code' | 'message'> & Partial<Pick<Refused, 'wait'>>

/** Why something was not done, in the language of the page: what is kept, and what to do. */
export function refusalText({ status, code, message, wait = 0 }: Why): string {
  if (status === 0) return t('refused.unanswered')
  if (code === 'too-often' && wait > 60) {
    return t('refused.too-often.wait', { n: Math.ceil(wait / 60) })
  }
  const known = refusalCodes.find((one) => one === code)
  return known ? t(`refused.${known}`, { error: message }) : t('refused.other', { error: message })
}
