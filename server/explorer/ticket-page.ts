import type { TicketDetail } from '#shared/tickets.ts'
import { isStorable, longest } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { allPolicies } from '../policies/queries.ts'
import { clocksOf } from '../tickets/public-clocks.ts'
import { correctionActs, toldCorrection, toldReopenings } from '../tickets/corrections.ts'
import { cellOf, type Eye, publicTicket, type SeenRow } from '../tickets/public-ticket.ts'
import { publicTimeline } from '../tickets/public-timeline.ts'
import { type KeptVersion, keptVersions } from '../tickets/queries.ts'
import { isOneOf } from './conditions.ts'
import type { Knowing } from './knowing.ts'
import { type PlacedRow, sourcesWith, ticketOf, ticketsNear } from './queries.ts'

type Page = Omit<TicketDetail, 'asOf' | 'demonstration'>

interface Showing {
  db: Db
  eye: Eye
  knows: Knowing
  now: number
}

/** All that the public may see of one ticket. Throws a 404. */
export async function ticketPage(
  { mark, id }: { mark: string; id: string },
  showing: Showing,
): Promise<Page> {
  const { db, now } = showing
  const row = await findTicket({ mark, id }, showing)
  const versions = await keptVersions(db, row.sourceId, id)
  const policies = new Map((await allPolicies(db)).map(({ version, setAt }) => [version, setAt]))
  const setAt = (version: number) => policies.get(version) ?? null
  const similar = await similarTo(row, showing)
  const corrections = await correctionActs(db, correctionsIn(versions))
  const eye = await showing.knows([row, ...versions, ...similar])
  return {
    ticket: publicTicket(row, eye, now),
    clocks: clocksOf(row, now),
    cell: cellOf(row, eye),
    timeline: publicTimeline(versions, { eye, now, setAt }),
    reopenings: toldReopenings(row.reopenings),
    corrections: corrections.map((one) => toldCorrection(one, eye)),
    similar: similar.map((one) => publicTicket(one, eye, now)),
  }
}

const correctionsIn = (versions: readonly KeptVersion[]): number[] =>
  versions.flatMap(({ correction }) => correction ?? [])

/** Which source told a ticket, by its address. Throws a 404 where there is none. */
export async function sourceOfTicket(
  { mark, id }: { mark: string; id: string },
  { db, eye }: Pick<Showing, 'db' | 'eye'>,
): Promise<number> {
  const isPossible = id.length <= longest.id && isStorable(id)
  const sources = isPossible ? await sourcesWith(db, id) : []
  const sourceId = sources.find((source) => eye.markOf(source, id) === mark)
  if (sourceId === undefined) throw new HttpError(404, 'There is no ticket at this address.')
  return sourceId
}

/** Throws a 404 where there is none. */
export async function findTicket(
  address: { mark: string; id: string },
  { db, eye }: Pick<Showing, 'db' | 'eye'>,
): Promise<PlacedRow> {
  const row = await ticketOf(db, await sourceOfTicket(address, { db, eye }), address.id)
  if (!row) throw new HttpError(404, 'There is no ticket at this address.')
  return row
}

/** Of the same category and area, as far as they are opened; none where neither is. */
async function similarTo(row: SeenRow, { db, eye }: Showing): Promise<SeenRow[]> {
  const alike = (['category', 'area'] as const).filter((one) => eye.opened.includes(one))
  return alike.length === 0
    ? []
    : ticketsNear(
        db,
        row,
        alike.map((dimension) => isOneOf(dimension, idsLike(row[dimension], eye))),
      )
}

const idsLike = (id: number, { directory }: Eye): number[] => directory.idsOf(directory.rootOf(id))
