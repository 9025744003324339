import type { Claim, Told, TicketEvidence, TicketNow } from '#shared/oversight/evidence.ts'
import { dimensions } from '#shared/ticket.ts'
import type { PublicTicket } from '#shared/tickets.ts'
import type { At } from '#shared/view.ts'
import { sourceOfTicket } from '../explorer/ticket-page.ts'
import { HttpError } from '../http/errors.ts'
import { eyeOf } from '../tickets/eye.ts'
import { clocksOf } from '../tickets/public-clocks.ts'
import { publicTicket, requireSingle, type SeenRow } from '../tickets/public-ticket.ts'
import { asOfPast } from '../views/past.ts'
import { commonOf, type EvidenceDesk, iso, type Weighed, type Weighing } from './desk.ts'
import { aboutOf, namesOf } from './members.ts'
import { ticketAt } from './queries.ts'
import { tellToday } from './today.ts'

type TicketClaim = Extract<Claim, { kind: 'ticket' }>
type Address = Pick<TicketClaim, 'mark' | 'id'>

/** The ticket as the public could see it then. Throws a 404, and a 409 where it was not as the page says. */
export async function weighTicket(
  desk: EvidenceDesk,
  { claim }: Weighing<TicketClaim>,
): Promise<Weighed<TicketEvidence>> {
  const { terms } = desk.engine
  const { row, asOf, ...shown } = await showAt(desk, claim, claim.at)
  requireSeen(claim, shown.ticket)
  const evidence: TicketEvidence = {
    kind: 'ticket',
    ...(await commonOf(desk, claim)),
    asOf: iso(asOf),
    ...shown,
    saw: definedIn(claim.saw),
  }
  const { rootOf, codeOf } = terms.directory
  const all = dimensions.map((dimension) => [dimension, codeOf(rootOf(row[dimension]))] as const)
  return { evidence, about: aboutOf(all, terms) }
}

interface Shown extends TicketNow {
  row: SeenRow
  asOf: number
}

async function showAt(desk: EvidenceDesk, address: Address, at: At): Promise<Shown> {
  const { engine, db, markOf } = desk
  requireSingle(engine.terms.policy.policy)
  const asOf = Math.floor(await asOfPast(desk, at))
  const sourceId = await sourceOfTicket(address, { db, eye: eyeOf(engine, markOf) })
  const row = await ticketAt(db, { sourceId, id: address.id, seq: at[0] })
  if (!row) throw new HttpError(404, 'There was no ticket at this address then.', { path: 'at' })
  const ticket = publicTicket(row, await desk.knows([row]), asOf)
  return { row, asOf, ticket, clocks: clocksOf(row, asOf), members: membersOf(ticket, desk) }
}

function membersOf(ticket: PublicTicket, { engine }: EvidenceDesk): TicketEvidence['members'] {
  const told = dimensions.flatMap((dimension) => {
    const code = ticket[dimension]
    return code === undefined ? [] : [[dimension, code] as const]
  })
  return namesOf(told, engine.terms)
}

function requireSeen({ saw, at }: TicketClaim, ticket: PublicTicket): void {
  for (const [name, value] of Object.entries(definedIn(saw))) {
    const was = ticket[name as keyof typeof saw]
    if (was === value) continue
    const why = `This ticket was not so at journal ${at[0]}: ${name} was ${was}. Look at it again.`
    throw new HttpError(409, why, { path: 'saw', code: 'number.not-shown' })
  }
}

const definedIn = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

/** The ticket as it stands now. */
export function ticketNow(
  desk: EvidenceDesk,
  { ticket }: TicketEvidence,
): Promise<Told<TicketNow>> {
  return tellToday<TicketNow>(async () => {
    const { row: _, asOf, ...shown } = await showAt(desk, ticket, desk.engine.at)
    return { state: 'told', asOf: iso(asOf), ...shown }
  })
}
