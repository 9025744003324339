import type { ColumnType, Generated } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Told } from '#shared/told.ts'

/**
 * `rewrite`: tickets as in `tickets`, whose source said nothing: a policy decides otherwise about them.
 * `comments`: no ticket, but comments or who made them. `answers`: neither, but answers to polls. `act`: acts were done, which change no count and no name.
 */
export type JournalKind =
  'tickets' | 'comments' | 'answers' | 'rewrite' | 'members' | 'policy' | 'definitions' | 'act'

export interface JournalHeadTable {
  one: Generated<boolean>
  seq: number
  newestAt: number | null
  /** The newest policy version. */
  policyVersion: number
}

export interface JournalTable {
  seq: number
  batch: number
  at: number
  kind: JournalKind
  contributions: number
  events: number
  newestAt: number | null
  /** The newest when the row was written; null before that was noted. */
  policyVersion: number | null
  delta: Uint8Array
}

export interface DefinitionTable {
  measure: string
  version: number
  contributionsVersion: number
  sha256: string | null
  sinceSeq: number
  sinceAt: Generated<number>
}

export interface PublicationTable {
  id: Generated<number>
  kind: 'counts' | 'surveys'
  dimension: Dimension | null
  days: 1 | 7 | 30 | 90
  /** A local date, `2026-11-01`; the window ends where `endsOn` begins. */
  startsOn: string
  endsOn: string
  /** The window in UTC minutes. */
  startMinute: number
  endMinute: number
  seq: number
  minute: number
  at: Generated<number>
  contributions: number
  told: ColumnType<Told, Told, never>
}
