import type {
  ClaimInput,
  Evidence,
  GroupQuestion,
  NumberEvidence,
} from '#shared/oversight/evidence.ts'
import { dimensions } from '#shared/ticket.ts'
import { presetWindows } from '#shared/view.ts'

/** What a page would say, which shows it at the moment of the evidence. */
export function claimOf(evidence: Exclude<Evidence, NumberEvidence>): ClaimInput {
  const { at } = evidence
  if (evidence.kind === 'ticket') {
    const { mark, id } = evidence.ticket
    return { kind: 'ticket', mark, id, at }
  }
  if (evidence.kind === 'group') {
    const { group, question } = evidence
    return { kind: 'group', group, query: listQuery(question), at }
  }
  if (evidence.kind === 'poll') {
    const { kind, poll, question, saw } = evidence
    return { kind, poll, question, at, saw }
  }
  if (evidence.kind === 'comment-group') {
    const { kind, consultation, id, saw } = evidence
    return { kind, consultation, id, at, saw }
  }
  if (evidence.kind === 'answering') {
    const { kind, consultation, measure, saw } = evidence
    return { kind, consultation, measure, at, saw }
  }
  const { kind, consultation, provision, draft, saw } = evidence
  return { kind, consultation, provision, draft, at, saw }
}

/** As `/api/v1/tickets` is asked. */
function listQuery({ window, by, ...lists }: GroupQuestion): string {
  const params = new URLSearchParams()
  for (const name of [...dimensions, 'status', 'state'] as const) {
    // Commas part the values; in a code they spell the same as any other gap.
    const told = lists[name]?.map((one) => one.replaceAll(',', ' '))
    if (told) params.set(name, told.join())
  }
  const isPreset = (presetWindows as readonly unknown[]).includes(window)
  if (window !== undefined) params.set(isPreset ? 'window' : 'received', window)
  if (by) params.set('by', by)
  return params.toString()
}
