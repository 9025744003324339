import { t } from '../i18n/t.ts'
import type { StripItem } from './strip.ts'

/** By how many comments were made: who wrote on several parts of an article counts in each, as in its figures. */
export function peopleText({ kind, people, keys }: Pick<StripItem, 'kind' | 'people' | 'keys'>) {
  if (kind === 'whole') return ''
  const by = t('consultation.byPeople', { n: people })
  return keys.length > 1 ? [by, t('consultation.byPeople.parts')].join(t('mark.comma')) : by
}
