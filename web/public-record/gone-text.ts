import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

type Gone = WithheldTexts[string] | undefined

/** In the place of a text that was taken down: when, and on which ground. */
export function goneText(gone: Gone, times: Times): string {
  if (!gone) return t('act.takenDown')
  const date = times.moment(Date.parse(gone.at))
  return t('act.withheld', { date, ground: t(`act.ground.${gone.ground}`) })
}

/** The same in one line of many. */
export function goneLine(gone: Gone, times: Times): string {
  if (!gone) return t('act.gone')
  const day = times.yearDay(Date.parse(gone.at))
  return t('act.gone.why', { day, ground: t(`act.ground.${gone.ground}`) })
}
