import type { ToastAction } from '../design/toasts.svelte.ts'
import { t } from '../i18n/t.ts'
import { place } from '../router/place.svelte.ts'

/** Leads to the page of signing in, and from there back to what is read now. */
export function signInAgain(): ToastAction {
  const back = encodeURIComponent(place.path + location.search)
  return { label: t('me.signIn'), act: () => place.go(`${location.origin}/sign-in?back=${back}`) }
}
