import type { Role } from './oversight/act.ts'
import type { Correctable } from './oversight/correction.ts'
import type { WithheldTexts } from './oversight/withholding.ts'
import type { Dimension, Precision, Status } from './ticket.ts'
import { DAY } from './time.ts'

/*
 * Single tickets, as the public may see them: over HTTP, and as they happen over the socket (`wire.ts`).
 * Only where the city's policy opens a dimension: else every route here answers 403. A dimension that is
 * not opened appears nowhere, and nothing is filtered, sorted or grouped by it; nor do surveys, what a
 * citizen wrote, or which source told a ticket, since a source is often one channel.
 *
 * Times are ISO 8601 text in UTC over HTTP, and milliseconds on the socket.
 *
 * GET /api/v1/tickets?agency=PWD,Parks&area=…&category=…&status=open,closed&state=overdue,late
 *     &window=7d | &received=START/END &sort=received&order=desc&limit=50&after=CURSOR | &before=CURSOR
 *   → `TicketList`. `window` is one of 1h 24h today 7d 30d 90d; START and END as in views. All of the time
 *   when neither is told. `before` answers what has come to stand above a cursor, in the list's order:
 *   the rows next to it. 400 names the parameter; 403 a dimension that is not opened.
 * GET /api/v1/tickets?…&by=agency | area | category | status
 *   → `TicketGroups`: how many tickets the same filters keep, by group; exact. 503 when too many ask.
 * GET /api/v1/tickets.csv?…
 *   → the same list, whole, with a header: `csvColumns` less the dimensions that are not opened. `limit`
 *   and cursors are refused. 503 when too many ask. What cannot be told to its end is cut off, so that the
 *   download fails. With `by`, the groups: the key and how many tickets, the total last with an empty key.
 * GET /api/v1/tickets/MARK/ID
 *   → `TicketDetail`; 404. Each part percent-encoded: an id may hold anything.
 * GET /api/v1/search?q=TEXT
 *   → `SearchAnswer`.
 */

/**
 * `due` lists what is open by its due date, `closed` what is closed by its final close; all other tickets
 * come behind them, by receipt. `age` is the time since receipt: the oldest first unless `order=asc` is asked.
 */
export const ticketSorts = ['received', 'due', 'closed', 'age'] as const
export type TicketSort = (typeof ticketSorts)[number]

/** In which order each sort lists when none is asked. */
export const usualOrder = {
  received: 'desc',
  due: 'asc',
  closed: 'desc',
  age: 'desc',
} as const satisfies Record<TicketSort, 'asc' | 'desc'>

/** How a ticket stands to its due date: the first two are open, the last two closed. */
export const ticketStates = ['overdue', 'dueSoon', 'onTime', 'late'] as const
export type TicketState = (typeof ticketStates)[number]

/** What the list may be grouped by, as far as it is opened. */
export const ticketGroupings = ['agency', 'area', 'category', 'status'] as const
export type TicketGrouping = (typeof ticketGroupings)[number]

/** Rows of one answer. */
export const mostRows = 200

/** Opened dimensions only, by the code that views use; `(none)` where the source stated none. */
type Members = Partial<Record<Dimension, string>>

/** One ticket. Its address on the page and in the API is `tickets/MARK/ID` (`ticketPath`). */
export interface PublicTicket extends Members {
  /** With the id it names the ticket, for ever: two sources may use one id. It tells nothing of the source. */
  mark: string
  id: string
  /** Only where the city opened `channel`. */
  source?: string
  status: Status
  /** `day`: the source knows dates only, and no time of day here means anything. */
  precision: Precision
  receivedAt: string
  respondBy: string | null
  respondedAt: string | null
  dueAt: string | null
  /** The last close of a ticket that is closed. */
  closedAt: string | null
  closeReason: string | null
  reopenings: number
  /** Only where agency is opened. */
  transfers?: number
  /** By the deployment's clock at `asOf`; null where there is no due date, or time enough. */
  state: TicketState | null
  /** The act by which it stands corrected; absent: it stands as its source told it. */
  correction?: number
}

interface Answered {
  /** By the deployment's clock. */
  asOf: string
  /** True when the city and its tickets are invented. */
  demonstration: boolean
}

export interface TicketList extends Answered {
  sort: TicketSort
  order: 'asc' | 'desc'
  rows: readonly PublicTicket[]
  /** For `before`, later: what has come above the first row. Null of an empty list: ask it again. */
  first: string | null
  /** For `after`: null when no row follows. */
  next: string | null
  /** Of an answer to `before`: rows lie between what was answered and the top of the list. */
  isMoreAbove?: boolean
  /** Tickets in the whole list, as counted at the last tick; only where it is known without counting. */
  total?: number
}

export interface TicketGroups extends Answered {
  by: TicketGrouping
  /** The largest first. */
  groups: readonly { key: string; tickets: number }[]
  total: number
}

/** A promise of time and what became of it. */
export interface Clock {
  /** Until when; null where no target is set. */
  by: string | null
  /** When it was done; null while it is not. */
  at: string | null
  /** `missed` also while it is not done yet. `none` without target, and of tickets that do not count. */
  verdict: 'kept' | 'missed' | 'running' | 'none'
  /** Whole seconds left, or in hand when it was done; negative: over the target. */
  seconds: number | null
}

/**
 * What happens to tickets. `transferred`: another agency, or once more; `reclassified`: any other opened
 * dimension; `excluded`: a duplicate, withdrawn, out of jurisdiction; `corrected`: the source told another
 * time or state than before, or an official did (`correction`); `overruled`: its source told it anew, so that the
 * correction before it no longer holds; `redecided`: a change of policy set other targets.
 */
export type TicketHappening =
  | 'received'
  | 'responded'
  | 'closed'
  | 'reopened'
  | 'overdue'
  | 'transferred'
  | 'reclassified'
  | 'excluded'
  | 'corrected'
  | 'overruled'
  | 'redecided'

export interface TimelineEntry {
  kind: TicketHappening
  /** When it happened, where the source says so; else when it was told. Null: not known. */
  at: string | null
  /** Counts the changes that can be seen here, from 1; null of what only the clock did. */
  version: number | null
  closeReason?: string | null
  /** What changed; times as ISO text. */
  field?: string
  from?: string | number | null
  to?: string | number | null
  /** Only where the city opened `channel`. */
  source?: string
  /** The act that says so, and no source. */
  correction?: number
}

/** A close that was taken back. */
export interface ToldReopening {
  closedAt: string
  closeReason: string | null
  at: string
}

export interface ToldChange {
  field: Correctable
  /** Members by code. */
  from: string | null | readonly ToldReopening[]
  to: string | null | readonly ToldReopening[]
}

/** What an official corrected of a ticket, by an act. */
export interface ToldCorrection {
  act: number
  at: string
  /** `MARK/ID`. */
  ticket: string
  by: Role
  /** Whose ticket it was; only where agency is opened. Null: with none. */
  agency?: string | null
  /** Null: it was taken down, as `withheld` says. */
  reason: string | null
  withheld: WithheldTexts[string] | null
  /** The flag that it answers. */
  flag: number | null
  /** As far as the city has opened what they are of. */
  changes: readonly ToldChange[]
}

export interface TicketDetail extends Answered {
  ticket: PublicTicket
  clocks: { respond: Clock; close: Clock }
  /** The square it lies in, in degrees, by its south-west corner; null where area is not opened, or unknown. */
  cell: { south: number; west: number; size: number } | null
  /** The oldest first. */
  timeline: readonly TimelineEntry[]
  /** Closes that were taken back, the oldest first. */
  reopenings: readonly ToldReopening[]
  /** All of them, the oldest first; the last one holds where `ticket.correction` names it. */
  corrections: readonly ToldCorrection[]
  /** Up to 10 of the same category and area (as far as opened), received within 7 days of it; open ones first. */
  similar: readonly PublicTicket[]
}

/** `code` and `names` of a member; of a ticket its id, mark and state. */
export interface SearchHit extends Partial<Pick<PublicTicket, 'mark' | 'status'>> {
  kind: 'ticket' | Dimension | NamedKind
  /** The ticket's id, the member's code; of an article of a draft `CODE/DRAFT/ID`. */
  code: string
  /** By BCP 47 language; empty of a ticket. */
  names: Readonly<Record<string, string>>
  /** Of an article, the titles of its consultation. */
  within?: Readonly<Record<string, string>>
  /** On the page: `/tickets/MARK/ID`, `/agencies/CODE`, `/consultations/CODE?provision=ID`, `/polls/CODE` … */
  address: string
}

/** What stands open for opinion, and is found by its name. */
export type NamedKind = 'consultation' | 'provision' | 'poll'

/** At most 20: exact ones first; members, then what stands open for opinion, then tickets. */
export interface SearchAnswer {
  hits: readonly SearchHit[]
}

/** Of `/api/v1/tickets.csv`, in this order. */
export const csvColumns = [
  ...['mark', 'id', 'status', 'state', 'agency', 'area', 'category', 'channel', 'language'],
  ...['precision', 'receivedAt', 'respondBy', 'respondedAt', 'dueAt', 'closedAt', 'closeReason'],
  ...['reopenings', 'transfers', 'correction'],
] as const

/** Where a ticket stands, on the page (below `/`) and in the API (below `/api/v1/`). */
export const ticketPath = ({ mark, id }: { mark: string; id: string }): string =>
  `tickets/${encodeURIComponent(mark)}/${encodeURIComponent(id)}`

/** Of an open ticket due within this time it is said that it is due soon. */
export const SOON = DAY

/** How a ticket stands to its due date at an instant; also for a page whose clock goes on. */
export function stateOf(
  { status, dueAt, closedAt }: { status: Status; dueAt: number | null; closedAt: number | null },
  now: number,
): TicketState | null {
  if (dueAt === null) return null
  if (status === 'closed') return closedAt !== null && closedAt <= dueAt ? 'onTime' : 'late'
  if (status !== 'open' || dueAt - now > SOON) return null
  return dueAt < now ? 'overdue' : 'dueSoon'
}
