import type { PresetWindow, ViewState } from '#shared/view.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { stepOf } from './views.ts'

/** When the step that still runs began, as the reader says it: 14:00, or a date. */
export function runningSince(
  flow: ViewState | undefined,
  window: PresetWindow,
  times: Times,
): string {
  const key = flow?.rows.at(-1)?.[0]
  if (!key) return t('none')
  return stepOf(window) === 'day' ? times.weekday(Date.parse(key)) : times.minute(Date.parse(key))
}
