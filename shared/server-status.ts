/** What a server says of itself: `GET /api/v1/status`. Instants are ISO text. */
export interface ServerStatus {
  version: string
  /** Of the wire. */
  protocol: number
  /** Of what a ticket contributes. */
  contributions: number
  /** Another version of the contributions is written by a program beside this one. */
  otherVersion?: number
  policyVersion: number
  timeZone: string
  clock: 'database' | 'events'
  /** The newest migration of the database. */
  schema: string
  startedAt: string
  /** The row up to which the numbers count, and the minute in which it was written; null before the first. */
  journal: { seq: number; writtenAt: string | null }
  /** Where the ledger is not signed any more. */
  ledger?: Unsigned
  /** Contributions to two digits, and how many days back they go. */
  cube: { contributions: number; days: number }
  /** Only where the operator lets everybody read the metrics. */
  load?: { views: number; sockets: number }
  /** Where the operator says that the source of this program is had. */
  sourceUrl?: string
}

/** Why what was added to the ledger has no signature. */
export interface Unsigned {
  /** It is not what was signed before, and never signed again; or whoever has the key does not sign. */
  why: 'changed' | 'waiting'
  /** When a checkpoint was last signed; null: none is there. */
  since: string | null
}
