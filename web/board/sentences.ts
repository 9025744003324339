import type { Freshness, State } from '../live/freshness.ts'
import { lag } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'

/** What the live mark says after the state's name. */
export function stateDetail(
  { state, behind, heardAt, now, asOf }: Freshness,
  times: Times,
): string {
  switch (state) {
    case 'live':
    case 'delayed':
      return t(`state.${state}.more`, { behind: lag(behind) })
    case 'reconnecting':
      if (heardAt === undefined || now === undefined) return t('state.reconnecting.never')
      return t('state.reconnecting.more', { since: times.since(heardAt, now) })
    case 'stale':
      return t('state.stale.more', {
        asOf: asOf === undefined ? '' : times.since(asOf, now ?? asOf),
      })
    case 'loading':
    case 'asking':
    case 'refused':
    case 'outdated':
    case 'past':
      return t(`state.${state}.more`)
  }
}

/** The age that stands under every number. */
export function ageText(freshness: Freshness, times: Times, isReplay: boolean): string {
  const { state, asOf, now, behind, silentSources } = freshness
  if (asOf === undefined) return noAge(state)
  const words = { asOf: times.since(asOf, now ?? asOf), behind: lag(behind) }
  if (state === 'loading') return t('age.none')
  if (state === 'past') return t('age.past', { asOf: times.moment(asOf) })
  if (state !== 'live') return t(`age.${state}`, words)
  if (silentSources.length > 0) return t('age.silent', words)
  return t(isReplay ? 'age.replay' : 'age.live', words)
}

function noAge(state: State): string {
  if (state === 'reconnecting') return t('age.unreached')
  if (state === 'refused' || state === 'outdated') return t(`state.${state}.more`)
  return t('age.none')
}

/** What the notice says when the numbers must not be read as current; undefined when all is well. */
export function noticeText(freshness: Freshness, times: Times, error: string): string | undefined {
  const { state, asOf, now, heardAt } = freshness
  const words = {
    asOf: asOf === undefined ? t('none') : times.since(asOf, now ?? asOf),
    since: heardAt === undefined ? t('none') : times.since(heardAt, now ?? heardAt),
    error,
  }
  if (state === 'outdated') return t('notice.outdated')
  if (state === 'refused') return t('notice.refused', words)
  if (state === 'delayed') return t('notice.delayed')
  if (state !== 'reconnecting' && state !== 'stale') return undefined
  return t(asOf === undefined ? 'notice.unreached' : `notice.${state}`, words)
}
