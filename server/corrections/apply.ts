import { isDeepStrictEqual } from 'node:util'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Place } from '#shared/oversight/act.ts'
import { type Change, faultsOf, valuesOf } from '#shared/oversight/correction.ts'
import { dimensions, type Ticket } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { placeOf } from '../dimensions/place.ts'
import { memberCodes } from '../dimensions/queries.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { HttpError } from '../http/errors.ts'
import { addTicket, type Delta } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, lockJournal, nextBatch } from '../journal/queries.ts'
import { decideBy } from '../policies/decide.ts'
import { allPolicies } from '../policies/queries.ts'
import { correctTicket, lockTicket } from '../tickets/queries.ts'
import type { TicketRow } from '../tickets/row.ts'

export interface Correcting {
  ticket: Pick<TicketRow, 'sourceId' | 'id'>
  changes: readonly Change[]
  /** Where it lay when that was seen. */
  place: Place
  directory: Directory
  /** By the deployment's clock. */
  now: number
}

/**
 * Changes a ticket as the act `correction` says, in its transaction: what it was goes into its history, what that
 * changes of all counts into the journal. It keeps the version of its source, so that a resend changes nothing and
 * the next version replaces it whole. Answers where it lies then; throws an `HttpError`.
 */
export async function applyCorrection(
  trx: Db,
  correction: number,
  { ticket, changes, place, directory, now }: Correcting,
): Promise<Place> {
  const stored = await lockTicket(trx, ticket)
  if (!stored) throw new HttpError(404, 'There is no ticket at this address.')
  requireSeen(stored, changes, directory)
  if (!isDeepStrictEqual(placeOf(stored, directory), place)) throw overtaken('place')
  const corrected = { ...stored, ...valuesOf(changes), correction }
  const [fault] = faultsOf({ after: corrected, changes, now })
  if (fault) {
    const { field, why, code } = fault
    throw new HttpError(400, why, { path: `to.${field}`, code })
  }
  await write(trx, corrected)
  return placeOf(corrected, directory)
}

/** Members as they stand: a merge since is none of the ticket's. */
function requireSeen(stored: TicketRow, changes: readonly Change[], directory: Directory): void {
  for (const { field, from } of changes) {
    const value = stored[field]
    const told = isDimension(field) ? directory.rootOf(value as number) : value
    if (!isDeepStrictEqual(told, from)) throw overtaken(field)
  }
}

const isDimension = (field: string): boolean => (dimensions as readonly string[]).includes(field)

const overtaken = (field: string) =>
  new HttpError(
    409,
    'The ticket is not as you saw it any more: look again. Nothing was changed, and what you wrote is kept in the form.',
    { path: `from.${field}`, code: 'correction.overtaken' },
  )

async function write(trx: Db, corrected: TicketRow): Promise<void> {
  const batch = await nextBatch(trx)
  // After the ticket, in the order in which intake locks them.
  await lockJournal(trx)
  const row = { ...corrected, ...(await decisionOn(trx, corrected)) }
  const [before] = await correctTicket(trx, row, batch)
  const delta: Delta = new Map()
  addTicket(delta, before as Ticket, -1)
  addTicket(delta, row, 1)
  await appendToJournal(trx, {
    batch,
    kind: 'tickets',
    contributions: contributionsVersion,
    events: 1,
    newestAt: null,
    delta: pack(delta),
  })
}

async function decisionOn(trx: Db, row: TicketRow) {
  const code = (await memberCodes(trx, [row.category])).get(row.category)
  const category = code === undefined ? null : spellingOf(code)
  return decideBy(await allPolicies(trx))({ ...row, category })
}
