import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { textOf } from '../i18n/measure-text.ts'
import { t } from '../i18n/t.ts'
import type { What } from './flagging.svelte.ts'

/** What a button flags, in words. */
export function nameOfWhat(what: What): string {
  if ('about' in what) return textOf(measures[what.about.measure as MeasureId]).name
  return nameOfClaim(what.claim())
}

export function nameOfClaim(claim: ClaimInput | undefined): string {
  if (claim?.kind === 'number') return textOf(measures[claim.measure]).name
  if (claim?.kind === 'ticket') return t('flags.on.ticket', { id: claim.id })
  return t('flags.on.group')
}
