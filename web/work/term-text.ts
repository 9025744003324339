import { t } from '../i18n/t.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'

const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const

/** A local date, as the page writes days. */
const dayText = (day: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, format).format(Date.parse(`${day}T00:00Z`))

export function termText({ from, until }: Appointment, locale: string): string {
  const start = dayText(from, locale)
  if (until === null) return t('work.term.open', { from: start })
  return t('work.term', { from: start, until: dayText(until, locale) })
}

/** By the names that the page's language has for them. */
export function languagesText({ languages }: Appointment, locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return languages.map((tag) => names.of(tag) ?? tag).join(t('mark.list'))
}
