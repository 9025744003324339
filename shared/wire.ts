import type { RefusalCode } from './oversight/refusal.ts'
import type { DurableRecord, Out, RecordPage, Since } from './records.ts'
import type { Dimension } from './ticket.ts'
import type { TicketHappening } from './tickets.ts'
import type { Unread } from './unread.ts'
import type { At, Filters, ViewChange, ViewSpec, ViewState } from './view.ts'

/** Raise this when a page built against the old events would misread the new ones. */
export const protocol = 1

/** `asOf` and `now` are milliseconds by the deployment's clock: the database's, or the newest event's. */
export interface Snapshot {
  at: At
  asOf: number
  views: readonly ViewState[]
}

/** Leads from exactly `from` to `at`. A page that is not at `from` asks again with `watch` (I4). */
export interface Patch {
  from: At
  at: At
  asOf: number
  /** Only the views in which something changed. */
  views: readonly ViewChange[]
}

/** What is known of a source: when it was last heard, and the newest event it told, to the quarter hour. */
export interface SourceState {
  name: string
  kind: string
  heardAt: number | null
  newestAt: number | null
  /** Not heard for longer than its policy allows. */
  silent: boolean
}

/** At least every 2 s; 4 s without one means the server is lost (I5). */
export interface Pulse {
  seq: number
  /** Everything committed before this instant is in what the page was sent. */
  asOf: number
  now: number
  sources: readonly SourceState[]
  /** Changes when names, policies or the set of members change: ask `/api/v1/deployment` again. */
  edition: number
  /** While `commentsDistinct` is behind what was published. */
  uncompared?: Uncompared
}

/** Published comments that are not compared with others yet, of the consultations of which some have waited for seconds. */
export interface Uncompared {
  /** All that were taken in before are compared. */
  upTo: number
  /** How many wait, by the consultation's code. */
  comments: Readonly<Record<string, number>>
  /** Too many to count them all: more may wait, also of other consultations. */
  isMore?: boolean
}

/** How many comments of a consultation are still to be compared; undefined: none; `some`: they are not counted. */
export function waitingIn(
  uncompared: Uncompared | undefined,
  code: string,
): number | 'some' | undefined {
  return uncompared?.isMore ? 'some' : uncompared?.comments[code]
}

/**
 * Something that happened to a ticket, as the public may see it: opened dimensions by their code. Instants
 * are milliseconds by the deployment's clock. The ticket's address is that of `ticketPath`.
 */
export interface StreamEvent extends Partial<Record<Dimension, string>> {
  kind: TicketHappening
  /** When it happened, where the source says so; else when it was told. */
  at: number
  mark: string
  id: string
  /** Of a close. */
  closeReason?: string | null
  /** Seconds since receipt, of what comes after it. */
  after?: number
  /** Of what is received or open. */
  dueAt?: number | null
  /** Of what is `transferred`, `reclassified` or `excluded`: from what to what. */
  field?: string
  from?: string | number | null
  to?: string | number | null
}

/** What happened since the last message: at most 2 a second, none when nothing happened. */
export interface StreamPart {
  /** All up to this row of the journal. */
  at: number
  /** The newest first, at most 20; of the first message the last 50. */
  events: readonly StreamEvent[]
  /** So many happened besides. In a rush of more than a thousand changes: at least so many. */
  more: number
  /** Replaces all that was shown: the first message, and the first after this page could not keep up. */
  isFirst?: true
}

/** Which tickets to follow: by opened dimensions; `{}` is all. */
export type StreamFilters = Filters

export interface Refusal {
  error: string
  /** Stable, of what pages say in their own language: `shared/oversight/refusal.ts`. */
  code?: RefusalCode
  path?: string
}

export interface ServerToClient {
  'views:snapshot': (snapshot: Snapshot) => void
  'views:patch': (patch: Patch) => void
  /** After the pages of `records`, each as it happens. */
  record: (record: DurableRecord) => void
  records: (page: RecordPage) => void
  /** Of who is signed in: what they read on another device. */
  unread: (unread: Unread) => void
  /** The last event of this socket. */
  out: (out: Out) => void
  stream: (part: StreamPart) => void
  pulse: (pulse: Pulse) => void
}

export interface ClientToServer {
  /** Replaces the set of views: the snapshot of the new set comes first, then the ack; or a refusal, and the old set stays. */
  watch: (views: readonly ViewSpec[], ack: (refusal?: Refusal) => void) => void
  /** Follows single tickets, or others than before; null ends it. A refusal leaves things as they were. */
  'stream:follow': (filters: StreamFilters | null, ack: (refusal?: Refusal) => void) => void
  /** Follows records from there on, as the handshake's `since` does. */
  'records:follow': (since: Since, ack: (refusal?: Refusal) => void) => void
}

/** Sent with every connection and reconnection, so the server has no session to lose. */
export interface Hello {
  protocol: number
  views: readonly ViewSpec[]
  /** Follows records; without it none are told. */
  since?: Since['since']
  /** Of `since`. */
  mark?: string
  /** Follows single tickets from the start, as `stream:follow` does. */
  stream?: StreamFilters
}
