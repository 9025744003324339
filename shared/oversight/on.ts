import { NONE } from '../view.ts'
import type { Claim, ClaimInput, Evidence } from './evidence.ts'

/** What a claim is on, as flags are found by it. */
export function onOf(claim: Claim | ClaimInput): string {
  return claim.kind === 'ticket' ? `ticket:${claim.mark}/${claim.id}` : onWhat(claim)
}

/** Evidence is on what its claim was on. */
export function onOfEvidence(evidence: Evidence): string {
  if (evidence.kind !== 'ticket') return onWhat(evidence)
  return `ticket:${evidence.ticket.mark}/${evidence.ticket.id}`
}

type What = Exclude<Claim | ClaimInput | Evidence, { kind: 'ticket' }>

/** The key of a provision names its consultation; the whole draft has no key of its own. */
function onWhat(what: What): string {
  switch (what.kind) {
    case 'number':
      return onNumber(what)
    case 'provision':
      return `provision:${what.provision === NONE ? what.consultation : what.provision}`
    case 'comment-group':
      return `comment-group:${what.consultation}/${what.id}`
    case 'answering':
      return `answering:${what.measure}/${what.consultation}`
    case 'poll':
      return what.question == null ? `poll:${what.poll}` : `poll:${what.poll}/${what.question}`
    case 'group':
      return 'group'
  }
}

/** What is counted of one consultation is not on what is counted of another. */
function onNumber({ measure, question }: Extract<What, { kind: 'number' }>): string {
  const [code, ...others] = question.filters?.consultation ?? []
  const isOfOne = code !== undefined && others.length === 0
  return isOfOne ? `number:${measure}/${code}` : `number:${measure}`
}
