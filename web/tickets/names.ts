import type { Deployment } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import { NONE } from '#shared/view.ts'
import { language } from '../i18n/language.svelte.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'

/** What members are called, found at once: a list writes thousands of them. */
export function memberNames(deployment: Pick<Deployment, 'members'> | undefined) {
  const names = new Map<string, string>()
  for (const [dimension, members] of Object.entries(deployment?.members ?? {})) {
    for (const { code, names: own } of members) names.set(`${dimension} ${code}`, nameIn(own, code))
  }
  return (dimension: Dimension, code: string | undefined): string => {
    if (code === undefined || code === NONE) return t('member.none')
    return names.get(`${dimension} ${code}`) ?? code
  }
}

export type NameOf = ReturnType<typeof memberNames>

/** The members of a dimension to choose from, by name; those not stated last. */
export function memberOptions(
  deployment: Pick<Deployment, 'members'> | undefined,
  dimension: Dimension,
  nameOf: NameOf,
): { value: string; label: string }[] {
  const codes = (deployment?.members[dimension] ?? []).map(({ code }) => code)
  const sorted = codes
    .filter((code) => code !== NONE)
    .map((value) => ({ value, label: nameOf(dimension, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, language().locale))
  return [...sorted, { value: NONE, label: t('member.none') }]
}
