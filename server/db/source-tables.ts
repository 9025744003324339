import type { ColumnType, Generated } from 'kysely'
import type { Policy } from '#shared/policy.ts'
import type { Axis } from '#shared/view.ts'

export interface SourceTable {
  id: Generated<number>
  name: string
  kind: string
  keyHash: Uint8Array
  silentAfter: Generated<number>
  createdAt: Generated<number>
  disabledAt: number | null
  heardAt: number | null
  newestAt: number | null
}

export interface MemberTable {
  id: Generated<number>
  dimension: Axis
  code: string
  spelling: string
  names: Generated<Record<string, string>>
  mergedInto: number | null
  firstSeenAt: Generated<number>
  reviewedAt: number | null
}

export interface PolicyTable {
  version: Generated<number>
  setAt: Generated<number>
  setBy: string
  /** Tickets received from then on are decided by it; null: from the beginning. */
  holdsFrom: number | null
  /** When all stored tickets agreed with it; null: not yet. */
  rewrittenAt: number | null
  body: ColumnType<Policy, Policy, never>
}

export interface AdminKeyTable {
  id: Generated<number>
  name: string
  keyHash: Uint8Array
  createdAt: Generated<number>
  disabledAt: number | null
}
