import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { goneLine } from '../public-record/gone-text.ts'
import type { NameOf } from '../tickets/names.ts'

export const standings = ['current', 'upcoming', 'suspended', 'ended', 'revoked'] as const

/** An entry of the public register; local dates, members by code, null is any. */
export interface Observer {
  id: number
  name: string
  isPseudonym: boolean
  /** By themselves; until then it is as the secretariat proposed. */
  isNameChosen: boolean
  title: string
  appointingBody: string
  from: string
  until: string | null
  jurisdiction: Readonly<Record<'agencies' | 'areas' | 'categories', readonly string[] | null>>
  languages: readonly string[]
  standing: (typeof standings)[number]
  /** Of what was taken down, and is a sign here: when, and on which ground. */
  withheld: WithheldTexts
}

/** Where they observe, in words: everything, or the members named. */
export function whereText({ jurisdiction }: Observer, nameOf: NameOf): string {
  const { agencies, areas, categories } = jurisdiction
  const named = [
    ...(agencies ?? []).map((code) => nameOf('agency', code)),
    ...(areas ?? []).map((code) => nameOf('area', code)),
    ...(categories ?? []).map((code) => nameOf('category', code)),
  ]
  return named.join(t('mark.list')) || t('observers.everything')
}

const signs = ['name', 'title', 'appointingBody'] as const

/** Of each sign that stands for what was taken down: of what, when, and on which ground. */
export const goneLines = ({ withheld }: Pick<Observer, 'withheld'>, times: Times): string[] =>
  signs
    .filter((name) => withheld[name])
    .map((name) => t(`observers.gone.${name}`) + t('mark.colon') + goneLine(withheld[name], times))

/** A local date, written as the page writes days. */
export function dayText(day: string, locale: string): string {
  const format = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, format).format(Date.parse(`${day}T00:00Z`))
}

export function termText({ from, until }: Observer, locale: string): string {
  const start = dayText(from, locale)
  if (until === null) return t('observers.since', { from: start })
  return t('observers.term', { from: start, until: dayText(until, locale) })
}

/** Languages by the names that the page's language has for them. */
export function languagesText({ languages }: Observer, locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  return languages.map((tag) => names.of(tag) ?? tag).join(t('mark.list'))
}

/** Those that hold now first, then by name. */
export const inOrder = (observers: readonly Observer[], locale: string): Observer[] =>
  [...observers].sort(
    (a, b) =>
      standings.indexOf(a.standing) - standings.indexOf(b.standing) ||
      a.name.localeCompare(b.name, locale),
  )
