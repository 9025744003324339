import { sql } from 'kysely'
import type { Participation } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

/** Participations that have become one, since what they were in has. */
export interface Gathered {
  gone: Participation[]
  first: Participation | undefined
}

interface Row extends Participation {
  person: string
  comments: number
  root: number
}

/** After provisions were merged: who took part in several of what is one now has taken part in it once. */
export async function gatherParticipations(db: Db, consultation: number): Promise<Gathered[]> {
  const { rows } = await sql<Row>`
    with rooted as materialized (
      select id, root_member(id) as root from member where id in (
        select distinct provision from participation where consultation = ${consultation}
      )
    ), moved as (
      select kept.*, rooted.root from participation kept
      join rooted on rooted.id = kept.provision
      where kept.consultation = ${consultation} and (kept.speaker, kept.person, rooted.root) in (
        select speaker, person, moved.root from participation
        join rooted moved on moved.id = provision and moved.root <> moved.id
        where consultation = ${consultation}
      )
    )
    delete from participation using moved
    where participation.consultation = moved.consultation
      and participation.provision = moved.provision and participation.speaker = moved.speaker
      and participation.person = moved.person
    returning moved.consultation, moved.provision, moved.speaker, moved.person, moved.comments,
      moved.first_at as "firstAt", moved.root
  `.execute(db.withoutPlugins())
  const groups = Map.groupBy(rows, ({ root, speaker, person }) => `${root} ${speaker} ${person}`)
  const gathered = [...groups.values()].map((gone) => ({ gone, first: together(gone) }))
  if (gathered.length > 0)
    await insertGathered(
      db,
      gathered.map(({ first }) => first),
    )
  return gathered
}

function together(gone: readonly Row[]): Row {
  const firsts = gone.flatMap(({ firstAt }) => firstAt ?? [])
  const [{ root, ...one }] = gone as [Row]
  return {
    ...one,
    root,
    provision: root,
    comments: gone.reduce((sum, { comments }) => sum + comments, 0),
    firstAt: firsts.length > 0 ? Math.min(...firsts) : null,
  }
}

async function insertGathered(db: Db, rows: readonly Row[]): Promise<void> {
  const json = JSON.stringify(rows)
  await sql`
    insert into participation (consultation, provision, speaker, person, comments, first_at)
    select consultation, provision, speaker, person, comments, to_timestamp("firstAt" / 1000.0)
    from jsonb_to_recordset(${json}::text::jsonb) as one (consultation int, provision int, speaker text,
      person text, comments int, "firstAt" bigint)
  `.execute(db)
}
