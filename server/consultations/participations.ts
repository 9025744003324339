import { sql } from 'kysely'
import type { Comment, Participation, Speaker } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

/** A comment as it is or was, with who made it. */
export interface Said extends Pick<Comment, 'consultation' | 'provision' | 'receivedAt'> {
  isPublished: boolean
  speaker: Speaker
  person: string
}

/** What a batch changed of who took part. */
export interface Change {
  before: Participation
  after: Participation
}

interface Written extends Omit<Participation, 'firstAt'> {
  person: string
  wasFirstAt: number | null
  firstAt: number | null
}

/**
 * Counts who took part anew after comments came (`n` 1) or were replaced or withheld (−1). Waits for
 * others who count the same persons; where something was taken away, the first comment is looked up.
 */
export async function countParticipations(
  db: Db,
  said: readonly { said: Said; n: 1 | -1 }[],
): Promise<Change[]> {
  const published = said.filter(({ said: { isPublished } }) => isPublished)
  if (published.length === 0) return []
  const written = await addUp(db, published)
  const taken = published.filter(({ n }) => n < 0)
  const firsts = taken.length > 0 ? await lookUp(db, written) : undefined
  return written.map(({ wasFirstAt, person, ...one }) => {
    const firstAt = firsts ? (firsts.get(keyOf({ ...one, person })) ?? null) : one.firstAt
    return { before: { ...one, firstAt: wasFirstAt }, after: { ...one, firstAt } }
  })
}

const keyOf = ({
  consultation,
  provision,
  speaker,
  person,
}: Omit<Written, 'firstAt' | 'wasFirstAt'>) => `${consultation} ${provision} ${speaker} ${person}`

/** In one order, so that two batches never wait for each other. */
async function addUp(db: Db, published: readonly { said: Said; n: 1 | -1 }[]): Promise<Written[]> {
  const json = JSON.stringify(published.map(({ said, n }) => ({ ...said, n })))
  const { rows } = await sql<Written>`
    with one as materialized (
      select * from jsonb_to_recordset(${json}::text::jsonb) as one (consultation int, provision int,
        speaker text, person text, "receivedAt" bigint, n int)
    ), rooted as materialized (
      select provision, root_member(provision) as root
      from (select distinct provision from one where provision <> 0) as named
    ), told as (
      select consultation, speaker, person, n, "receivedAt" as at, 0 as provision from one
      union all
      select consultation, speaker, person, n, "receivedAt", root from one join rooted using (provision)
    )
    insert into participation as kept (consultation, provision, speaker, person, comments, first_at)
    select consultation, provision, speaker, person, sum(n),
      to_timestamp(min(at) filter (where n > 0) / 1000.0)
    from told group by consultation, provision, speaker, person
    order by consultation, provision, speaker, person
    on conflict (consultation, provision, speaker, person) do update set
      comments = kept.comments + excluded.comments,
      first_at = least(kept.first_at, excluded.first_at)
    returning new.consultation, new.provision, new.speaker, new.person,
      old.first_at as "wasFirstAt", new.first_at as "firstAt"
  `.execute(db.withoutPlugins())
  return rows
}

/** After a comment was taken away: the first that is left of each. Its row is held by `addUp`. */
async function lookUp(db: Db, written: readonly Written[]): Promise<Map<string, number | null>> {
  const json = JSON.stringify(
    written.map(({ consultation, provision, speaker, person }) => ({
      ...{ consultation, provision, speaker, person },
    })),
  )
  const { rows } = await sql<Written>`
    with wanted as (
      select one.*, (
        select min(received_at) from comment
        where comment.consultation = one.consultation and comment.person = one.person
          and comment.speaker = one.speaker and is_published
          and (one.provision = 0 or root_member(comment.provision) = one.provision)
      ) as found
      from jsonb_to_recordset(${json}::text::jsonb) as one (consultation int, provision int, speaker text,
        person text)
    )
    update participation as kept set first_at = wanted.found
    from wanted
    where kept.consultation = wanted.consultation and kept.provision = wanted.provision
      and kept.speaker = wanted.speaker and kept.person = wanted.person
    returning kept.consultation, kept.provision, kept.speaker, kept.person, kept.first_at as "firstAt"
  `.execute(db.withoutPlugins())
  return new Map(rows.map((row) => [keyOf(row), row.firstAt]))
}
