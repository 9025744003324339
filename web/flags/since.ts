import type { ClaimInput, NumberEvidence } from '#shared/oversight/evidence.ts'
import { fieldText, frozenWorked, headField, standingWord } from '../evidence/worded.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

/** What the page shows now, in words; empty of what it does not count. */
export function sinceText(claim: ClaimInput, basis: NumberEvidence['basis']): string {
  if (claim.kind === 'ticket') return claim.saw?.status ? standingWord(claim.saw.status) : ''
  if (claim.kind === 'group') return claim.saw == null ? '' : number(claim.saw)
  const { measure, saw } = claim
  const written = { measure, basis }
  const value = fieldText(saw, headField(measure), written)
  const worked = Object.keys(saw).length > 1 ? frozenWorked(saw, written) : ''
  return worked === '' ? value : `${value}${t('mark.comma')}${worked}`
}
