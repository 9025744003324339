import type { Policy } from '#shared/policy.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { type PublicTicket, stateOf, type TicketDetail } from '#shared/tickets.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { MarkOf } from './marks.ts'
import type { TicketRow } from './row.ts'

/*
 * The public rule (I8) for single tickets: what of one is public is decided here and nowhere else, for
 * lists, files, pages, searches and the stream alike. A city that opens no dimension shows no single
 * ticket. What is read of a ticket to be shown are these columns: no survey and nothing a citizen wrote
 * is among them, so that a version that brings only such things changes nothing that can be seen.
 */

export const seenColumns = [
  'sourceId',
  'id',
  'status',
  'precision',
  'receivedAt',
  'respondBy',
  'respondedAt',
  'statedDueAt',
  'dueAt',
  'closedAt',
  'closeReason',
  'reopenings',
  ...dimensions,
  'transfers',
  'correction',
] as const satisfies readonly (keyof TicketRow)[]

/** Of a stored ticket what may be needed to show it; not public as it is. */
export type SeenRow = Pick<TicketRow, (typeof seenColumns)[number]>

/** By what tickets are shown: what is opened, and what things are called. */
export interface Eye {
  opened: readonly Dimension[]
  directory: Directory
  markOf: MarkOf
  /** Of a source. */
  nameOf: (sourceId: number) => string | undefined
}

const NOTHING_OPENED =
  'This city has opened no dimension to the public: it shows no single tickets.'

/** Throws a 403 where single tickets are not public. */
export function requireSingle({ opened }: Pick<Policy, 'opened'>): void {
  if (opened.length === 0) throw new HttpError(403, NOTHING_OPENED)
}

/** Throws a 403 for a dimension by which nothing may be filtered or grouped. */
export function requireOpened(
  dimension: Dimension,
  { opened, path }: Pick<Policy, 'opened'> & { path: string },
): void {
  if (opened.includes(dimension)) return
  const why = `This city has not opened ${dimension} to the public. No ticket is told or found by it.`
  throw new HttpError(403, why, { path })
}

/** The facts of a ticket that the public may see: what differs in none of them is the same to it. */
export interface SeenFacts
  extends
    Omit<SeenRow, 'sourceId' | 'id' | 'transfers' | Dimension>,
    Partial<Record<Dimension, string>> {
  transfers?: number
}

export function factsOf(row: SeenRow, eye: Eye): SeenFacts {
  const { sourceId, id, transfers, agency, area, category, channel, language, ...rest } = row
  return { ...rest, ...membersOf(row, eye), ...(isOpen('agency', eye) && { transfers }) }
}

/** Opened dimensions by their code, merges followed. */
export function membersOf(
  row: Record<Dimension, number>,
  { opened, directory }: Eye,
): Partial<Record<Dimension, string>> {
  const codes = opened.map((one) => [one, directory.codeOf(directory.rootOf(row[one]))])
  return Object.fromEntries(codes)
}

/** A source is often one channel: its name is told where channels are. */
function sourceOf(sourceId: number, eye: Eye): { source?: string } {
  const source = isOpen('channel', eye) ? eye.nameOf(sourceId) : undefined
  return source === undefined ? {} : { source }
}

/** As it stands at `now` by the deployment's clock. */
export function publicTicket(row: SeenRow, eye: Eye, now: number): PublicTicket {
  const { sourceId, id, status, precision, closeReason, transfers, correction } = row
  return {
    mark: eye.markOf(sourceId, id),
    id,
    ...sourceOf(sourceId, eye),
    status,
    ...membersOf(row, eye),
    precision,
    receivedAt: iso(row.receivedAt),
    respondBy: isoOrNull(row.respondBy),
    respondedAt: isoOrNull(row.respondedAt),
    dueAt: isoOrNull(row.dueAt),
    closedAt: isoOrNull(row.closedAt),
    closeReason,
    reopenings: row.reopenings?.length ?? 0,
    ...(isOpen('agency', eye) && { transfers }),
    state: stateOf(row, now),
    ...(correction !== null && { correction }),
  }
}

/** Degrees: about a kilometre. Finer, it would name a house. */
const CELL = 0.01

/** Only where area is opened: a place tells the area. */
export function cellOf(
  { lat, lon }: Pick<TicketRow, 'lat' | 'lon'>,
  eye: Eye,
): TicketDetail['cell'] {
  if (!isOpen('area', eye) || lat === null || lon === null) return null
  const corner = (degrees: number) => Number((Math.floor(degrees / CELL) * CELL).toFixed(2))
  return { south: corner(lat), west: corner(lon), size: CELL }
}

const isOpen = (dimension: Dimension, { opened }: Eye): boolean => opened.includes(dimension)

export const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))
