import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** In the place of a text that was taken down: when, and on which ground. */
export function goneText(gone: WithheldTexts[string] | undefined, times: Times): string {
  if (!gone) return t('act.takenDown')
  const date = times.moment(Date.parse(gone.at))
  return t('act.withheld', { date, ground: t(`act.ground.${gone.ground}`) })
}
