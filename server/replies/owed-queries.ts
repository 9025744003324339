import { sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import type { Db } from '../db/connect.ts'

export type OwedConsultation = Pick<
  ConsultationRow,
  'id' | 'code' | 'titles' | 'opensAt' | 'closesAt'
>

/**
 * Consultations in the jurisdiction of a person's current appointments of this role, as an act of `kind` on them
 * would be decided (I9).
 */
export async function consultationsWithin(
  db: Db,
  { person, role, kind }: { person: string; role: Role; kind: string },
): Promise<OwedConsultation[]> {
  const { rows } = await sql<OwedConsultation>`
    select id, code, titles, opens_at, closes_at from consultation
    where exists (
      select from appointment where person_id = ${person} and role = ${role}
        and may_act(appointment.id, ${person}::text, ${kind}::text, nullif(agency, 0), nullif(area, 0),
          nullif(category, 0), clock_timestamp())
    )
  `.execute(db)
  return rows
}

/** What members are called, by id. */
export async function namesById(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, Record<string, string>>> {
  const { rows } = await sql<{ id: number; names: Record<string, string> }>`
    select id, names from member where id = any(${[...ids]}::int[])
  `.execute(db)
  return new Map(rows.map(({ id, names }) => [id, names]))
}
