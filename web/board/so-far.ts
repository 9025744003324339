import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

/** A count that grows while comments are compared; never a 0 that only says that none is compared yet. */
export const soFar = (distinct: number): string =>
  distinct === 0 ? t('drafts.counting') : t('drafts.soFar', { n: number(distinct) })
