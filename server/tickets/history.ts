import { isDeepStrictEqual } from 'node:util'
import { dimensions } from '#shared/ticket.ts'
import { NONE } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import type { Fate } from '../db/ticket-tables.ts'
import { memberCodes } from '../dimensions/queries.ts'
import { keptVersions, type KeptVersion } from './queries.ts'
import type { TicketRow } from './row.ts'

/** What may change from one version to the next: all that is stored, dimensions by their code. */
type Field = Exclude<
  keyof TicketRow,
  'sourceId' | 'id' | 'version' | 'digest' | 'policyVersion' | 'correction'
>

const fields: readonly Field[] = [
  'status',
  'precision',
  'receivedAt',
  'respondedAt',
  'respondBy',
  'statedDueAt',
  'dueAt',
  'closedAt',
  'closeReason',
  'reopenings',
  ...dimensions,
  'transfers',
  'surveyAt',
  'surveyResolved',
  'surveySatisfaction',
  'satisfied',
  'lat',
  'lon',
  'summary',
  'duplicateOf',
]

interface Change {
  field: Field
  from: unknown
  to: unknown
}

export interface TicketVersion {
  version: number
  /** `current` is the ticket now; `superseded` was overtaken in its own batch, `stale` came too late. */
  fate: Fate | 'current'
  /** When it came, by the database's clock; null for a late version kept before that was noted. */
  at: number | null
  source: string
  /** The policy that decided about it. */
  policyVersion: number
  /** The act by which it stands corrected; null: as its source told it. */
  correction: number | null
  /** Against the version that stood before it, where there is one. */
  changes: Change[]
}

/**
 * Every version of a ticket that ever came, in order of version; none of a ticket that is not known.
 * It holds surveys and the citizen's words: not for the public as it is.
 */
export async function historyOf(db: Db, sourceId: number, id: string): Promise<TicketVersion[]> {
  const versions = await keptVersions(db, sourceId, id)
  const codes = await memberCodes(db, [
    ...new Set(versions.flatMap((row) => dimensions.map((dimension) => row[dimension]))),
  ])
  const named = versions.map((row) => withCodes(row, codes))
  return versions.map(({ version, fate, at, source, policyVersion, correction }, place) => {
    const before = named.slice(0, place).findLast(({ fate }) => fate !== 'stale')
    const changes = before ? changesBetween(before, named[place]!) : []
    return { version, fate, at, source, policyVersion, correction, changes }
  })
}

type Named = Record<Field, unknown> & Pick<KeptVersion, 'fate'>

function withCodes(row: KeptVersion, codes: ReadonlyMap<number, string>): Named {
  const named = dimensions.map((dimension) => [dimension, codes.get(row[dimension]) ?? NONE])
  return { ...row, ...Object.fromEntries(named) }
}

function changesBetween(before: Named, after: Named): Change[] {
  return fields
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }))
}
