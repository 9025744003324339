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

type Names = Readonly<Record<string, string>>

export interface ListedNames {
  kind: 'consultation' | 'poll'
  code: string
  titles: Names
}

/** Consultations and polls, those that close last first. */
export async function listedNames(db: Db): Promise<ListedNames[]> {
  const { rows } = await sql<ListedNames>`
    select kind, code, titles from (
      select 'consultation' as kind, code, titles, closes_at from consultation
      union all select 'poll', code, titles, closes_at from poll
    ) as told order by closes_at desc, code limit 2000
  `.execute(db)
  return rows
}

export interface ListedArticle {
  consultation: string
  titles: Names
  draft: number
  id: string
  /** Label and heading. */
  names: Names
}

/** The articles of the newest draft that is shown of each consultation, in their order. */
export async function shownArticles(db: Db): Promise<ListedArticle[]> {
  const { rows } = await sql<ListedArticle>`
    select consultation.code as consultation, titles, shown.number as draft, one.value ->> 'id' as id,
      jsonb_object_agg(told.key, concat_ws(' ', one.value ->> 'label', nullif(one.value ->> 'heading', '')))
        as names
    from consultation cross join lateral (
      select number, texts from draft
      where consultation = consultation.id and confirmed_at is not null
      order by number desc limit 1
    ) as shown
    cross join lateral jsonb_each(shown.texts) as told
    cross join lateral jsonb_array_elements(told.value) with ordinality as one (value, place)
    where one.value ->> 'kind' = 'article'
    group by consultation.id, shown.number, one.value ->> 'id'
    order by consultation.closes_at desc, consultation.id, min(one.place)
    limit 100000
  `.execute(db)
  return rows
}
