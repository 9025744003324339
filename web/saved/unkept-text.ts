import { MOST } from '#shared/saved-view.ts'
import { refusalText } from '../api/refusal-text.ts'
import { t } from '../i18n/t.ts'
import type { Unkept } from './keeper.ts'

/** What was not done, and what to do. */
export function unkeptText(unkept: Unkept): string {
  if (typeof unkept === 'string') return t(`saved.refused.${unkept}`, { most: MOST })
  if (unkept.code === 'saved-view.many') return t('saved.refused.many', { most: MOST })
  if (unkept.status === 0) return t('saved.refused.unanswered')
  if (unkept.status === 401) return t('saved.refused.out')
  return refusalText(unkept)
}
