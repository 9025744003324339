import { t } from '../i18n/t.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'
import type { NameOf } from '../tickets/names.ts'

const dimensions = [
  ['agencies', 'agency'],
  ['areas', 'area'],
  ['categories', 'category'],
] as const

/** Where somebody may act, by what its members are called; the whole city where nothing narrows it. */
export function jurisdictionText(
  jurisdiction: Appointment['jurisdiction'],
  nameOf: NameOf,
): string {
  const parts = dimensions.flatMap(([of, dimension]) => {
    const names = jurisdiction[of]?.map((code) => nameOf(dimension, code))
    return names ? [names.join(t('mark.list'))] : []
  })
  return parts.length === 0 ? t('work.wholeCity') : parts.join(t('mark.comma'))
}
