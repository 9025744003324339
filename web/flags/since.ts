import type { ClaimInput, NumberEvidence } from '#shared/oversight/evidence.ts'
import { fieldText, frozenWorked, headField, standingWord } from '../evidence/worded.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'

/** What the page shows now, in words; empty of what it does not count. */
export function sinceText(claim: ClaimInput, basis: NumberEvidence['basis']): string {
  if (claim.kind === 'ticket') return claim.saw?.status ? standingWord(claim.saw.status) : ''
  if (claim.kind === 'group') return claim.saw == null ? '' : number(claim.saw)
  if (claim.kind === 'poll') return ''
  if (claim.kind === 'answering') return frozenWorked(claim.saw, claim)
  if (claim.kind !== 'number') return t('evidence.comments', { n: claim.saw.comments })
  const { measure, saw } = claim
  const written = { measure, basis }
  // The formula ends with the number.
  if (Object.keys(saw).length > 1) return frozenWorked(saw, written)
  return fieldText(saw, headField(measure), written)
}
