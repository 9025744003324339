import type { At, ViewChange, ViewSpec, ViewState } from './view.ts'

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
}

/** Something that happened and is kept for ever: a flag, an answer, an alert. */
export interface DurableRecord {
  seq: number
  kind: string
  body: unknown
}

export interface Refusal {
  error: string
  path?: string
}

export interface ServerToClient {
  'views:snapshot': (snapshot: Snapshot) => void
  'views:patch': (patch: Patch) => void
  record: (record: DurableRecord) => void
  pulse: (pulse: Pulse) => void
}

export interface ClientToServer {
  /** Replaces the set of views: the snapshot of the new set comes first, then the ack; or a refusal, and the old set stays. */
  watch: (views: readonly ViewSpec[], ack: (refusal?: Refusal) => void) => void
}

/** Sent with every connection and reconnection, so the server has no session to lose. */
export interface Hello {
  protocol: number
  views: readonly ViewSpec[]
  since?: number
}
