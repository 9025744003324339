import { sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { Change, Correctable, Correction } from '#shared/oversight/correction.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import { type Dimension, dimensions, type Reopening } from '#shared/ticket.ts'
import type { ToldChange, ToldCorrection, ToldReopening } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'

/** An act by which a ticket was corrected, with what everybody may read of it. */
export interface CorrectionAct {
  id: number
  at: number
  role: Role
  /** Of the ticket before it, whose official did it; null: it was with none. */
  agency: number | null
  state: Correction
  /** Null: it was taken down. */
  reason: string | null
  withheld: WithheldTexts | null
}

/** By the ids of acts, the first of them first. */
export async function correctionActs(db: Db, ids: readonly number[]): Promise<CorrectionAct[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<CorrectionAct>`
    select act.id, act.at, act.role, act.agency, correction.state,
      without_contacts(reason.text) as reason, withheld_in(act.id) as withheld
    from correction
    join act on act.id = correction.id
    left join act_text as reason on reason.act_id = act.id and reason.name = 'reason'
    where correction.id = any(${`{${[...new Set(ids)].join()}}`}::text::bigint[])
    order by act.id
  `.execute(db)
  return rows
}

/** Tickets that were corrected where one of these agencies had them, each once; of none: those that no agency had. */
export async function countCorrected(db: Db, agencies: readonly number[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct correction.state->>'ticket')::int as n
    from correction join act on act.id = correction.id
    where ${agencies.length === 0} and act.agency is null
      or act.agency = any(${`{${agencies.join()}}`}::int[])
  `.execute(db)
  return rows[0]!.n
}

/** By what corrections are told: what things are called, and what of them is public now. */
interface Telling {
  opened: readonly Dimension[]
  directory: Directory
}

export function toldCorrection(act: CorrectionAct, telling: Telling): ToldCorrection {
  const { id, at, role, agency, reason, withheld, state } = act
  const { opened, directory } = telling
  return {
    act: id,
    at: iso(at),
    ticket: state.ticket,
    by: role,
    ...(opened.includes('agency') && {
      agency: agency === null ? null : directory.codeOf(directory.rootOf(agency)),
    }),
    reason,
    withheld: withheld?.reason ?? null,
    flag: state.flag,
    changes: toldChanges(state.changes, telling),
  }
}

/** Times as ISO text, members by code; what is not opened any more is left out. */
export function toldChanges(changes: readonly Change[], telling: Telling): ToldChange[] {
  return changes
    .filter(({ field }) => !isDimension(field) || telling.opened.includes(field))
    .map(({ field, from, to }) => ({
      field,
      from: toldValue(field, from, telling),
      to: toldValue(field, to, telling),
    }))
}

const isDimension = (field: Correctable): field is Dimension =>
  (dimensions as readonly string[]).includes(field)

function toldValue(field: Correctable, value: Change['to'], { directory }: Telling) {
  if (isDimension(field)) return directory.codeOf(directory.rootOf(value as number))
  if (typeof value === 'number') return iso(value)
  if (typeof value === 'string') return value
  return value && toldReopenings(value)
}

export function toldReopenings(reopenings: readonly Reopening[] | null): ToldReopening[] {
  return (reopenings ?? []).map(({ closedAt, closeReason, at }) => {
    return { closedAt: iso(closedAt), closeReason, at: iso(at) }
  })
}

const iso = (at: number): string => new Date(at).toISOString()
