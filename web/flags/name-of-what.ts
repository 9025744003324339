import { answerMeasure } from '#shared/consultations/answer-measures.ts'
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

/** Of what has no name of its own in a list of flags. */
function onWord(kind: ClaimInput['kind'] | undefined): string {
  if (kind === 'provision') return t('flags.on.provision')
  if (kind === 'comment-group') return t('flags.on.letter')
  return t(kind === 'poll' ? 'flags.on.poll' : 'flags.on.group')
}

export function nameOfClaim(claim: ClaimInput | undefined): string {
  if (claim?.kind === 'number') return textOf(measures[claim.measure]).name
  if (claim?.kind === 'answering') return textOf(answerMeasure(claim.measure)).name
  if (claim?.kind === 'ticket') return t('flags.on.ticket', { id: claim.id })
  return onWord(claim?.kind)
}
