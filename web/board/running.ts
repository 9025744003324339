import type { PresetWindow } from '#shared/view.ts'
import type { Times } from '../i18n/times.ts'
import type { Step } from './timeline.ts'
import { stepOf } from './views.ts'

/** When the minute or hour that still runs began, as the reader says it; undefined when it is today. */
export function runningSince(
  steps: readonly Step[],
  window: PresetWindow,
  times: Times,
): string | undefined {
  const running = steps.at(-1)
  return !running || stepOf(window) === 'day' ? undefined : times.minute(running.startAt)
}
