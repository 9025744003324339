import { sql } from 'kysely'
import type { Status } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'

export interface FoundTicket {
  sourceId: number
  id: string
  status: Status
}

/** Tickets whose id begins so, in order of id. Each source's ids are looked up in their own order. */
export async function ticketsBeginning(
  db: Db,
  text: string,
  limit: number,
): Promise<FoundTicket[]> {
  const pattern = `${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<FoundTicket>`
    select found.* from source cross join lateral (
      select source_id, id, status from ticket
      where source_id = source.id and id like ${pattern} order by id limit ${limit}
    ) as found
    order by found.id = ${text} desc, found.id, found.source_id limit ${limit}
  `.execute(db)
  return rows
}
