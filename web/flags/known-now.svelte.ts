import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { ticketPath, type TicketDetail, type TicketGroups } from '#shared/tickets.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import { numberClaim, ticketClaim } from '../evidence/evidence-of.ts'
import { viewQuery } from '../live/view-query.ts'
import { ask } from './send.ts'

/** Milliseconds between two askings. */
const PAUSE = 5000

interface Now {
  claim: ClaimInput
  /** Milliseconds. */
  asOf: number
}

/** What is known now of what a draft is on, while no page shows it. */
export class KnownNow {
  #now = $state.raw<Now>()

  get now(): Now | undefined {
    return this.#now
  }

  /** Asks until it is stopped, which it answers how to. */
  ask(claim: ClaimInput): () => void {
    const gone = new AbortController()
    const look = async (): Promise<void> => {
      const now = await nowOf(claim, gone.signal).catch(() => undefined)
      if (!gone.signal.aborted && now) this.#now = now
    }
    void look()
    const timer = setInterval(() => void look(), PAUSE)
    return () => {
      clearInterval(timer)
      gone.abort()
    }
  }
}

async function nowOf(claim: ClaimInput, signal: AbortSignal): Promise<Now | undefined> {
  if (claim.kind === 'number') return numberNow(claim, signal)
  if (claim.kind === 'group') return groupNow(claim, signal)
  // Where it is flagged it is shown.
  if (claim.kind !== 'ticket') return undefined
  const { ticket, asOf } = await ask<TicketDetail>(`/${ticketPath(claim)}`, signal)
  return { claim: ticketClaim(ticket, claim.at), asOf: Date.parse(asOf) }
}

type Claim<Kind> = Extract<ClaimInput, { kind: Kind }>

async function numberNow(claim: Claim<'number'>, signal: AbortSignal): Promise<Now | undefined> {
  const { question, measure, row } = claim
  const spec = question as ViewSpec
  const answer = await ask<ViewState & { at: At; asOf: string }>(`/view?${viewQuery(spec)}`, signal)
  const { at, asOf } = answer
  const now = numberClaim({ spec, view: answer, at, measure, row: row ?? undefined })
  return now && { claim: now, asOf: Date.parse(asOf) }
}

/** A list that is not grouped is counted by no answer. */
async function groupNow(claim: Claim<'group'>, signal: AbortSignal): Promise<Now | undefined> {
  if (!new URLSearchParams(claim.query).has('by')) return undefined
  const { groups, total, asOf } = await ask<TicketGroups>(`/tickets?${claim.query}`, signal)
  const found = groups.find(({ key }) => key === claim.group)
  const saw = claim.group == null ? total : (found?.tickets ?? 0)
  return { claim: { ...claim, saw }, asOf: Date.parse(asOf) }
}
