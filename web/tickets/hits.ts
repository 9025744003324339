import type { SearchAnswer, SearchHit } from '#shared/tickets.ts'
import { emptyQuestion, formatQuestion } from './question.ts'

/** The one ticket of exactly this id; undefined when two sources use it, or a member is called so. */
export function exactTicket({ hits }: SearchAnswer, q: string): SearchHit | undefined {
  const exact = hits.filter(({ code }) => code === q)
  return exact.length === 1 && exact[0]!.kind === 'ticket' ? exact[0] : undefined
}

/** Where a hit leads: a ticket to its page, a member to its tickets. */
export function hitAddress({ kind, code, address }: SearchHit): string {
  if (kind === 'ticket') return address
  return `/tickets${formatQuestion({ ...emptyQuestion, filters: { [kind]: [code] } })}`
}
