import type { ToldAccountEvent } from '#shared/account-event.ts'
import { type Key, t } from '../i18n/t.ts'

type Event = Pick<ToldAccountEvent, 'kind' | 'way' | 'why' | 'route'>

/** One line of what happened at the door of an account. */
export function eventText({ kind, way, why, route }: Event): string {
  if (kind === 'begun') return t('accountEvent.begun')
  if (kind === 'forbidden') return t('accountEvent.forbidden', { route: route ?? '' })
  // Who wrote the right password is more than a stranger.
  if (kind === 'refused' && why === 'sign-in.other') return t('accountEvent.refused.onlyPassword')
  return t(`accountEvent.${kind}.${kind === 'ended' ? why : way}` as Key)
}
