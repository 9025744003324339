import { type Selectable, sql } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'
import type { Days } from './grid.ts'
import type { Kind } from './publishable.ts'

export type Publication = Selectable<Database['publication']>
export type NewPublication = Omit<Publication, 'id' | 'at'>

/** Until the transaction ends nobody else publishes. */
export async function lockPublications(trx: Db): Promise<void> {
  await sql`lock table publication in share row exclusive mode`.execute(trx)
}

export async function insertPublication(trx: Db, publication: NewPublication): Promise<number> {
  const { id } = await trx
    .insertInto('publication')
    .values(publication)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Of one scope, in the order in which they were published; none that ended `held` minutes before its newest. */
export async function publicationsAfter(
  db: Db,
  { kind, dimension }: { kind: Kind; dimension: Dimension | null },
  { id, held }: { id: number; held: number },
): Promise<Publication[]> {
  // Surveys of the city and of its parts are about the same answers.
  const scope = db
    .selectFrom('publication')
    .where('kind', '=', kind)
    .$if(kind === 'counts', (query) => query.where('dimension', 'is not distinct from', dimension))
  const newest = await scope
    .select((of) => of.fn.max('endMinute').as('end'))
    .executeTakeFirstOrThrow()
  if (newest.end === null) return []
  return scope
    .selectAll()
    .where('id', '>', id)
    .where('endMinute', '>', newest.end - held)
    .orderBy('id')
    .execute()
}

export interface Listed {
  kind: Kind
  dimension: Dimension | null
  days: Days
  startsOn: string
  endsOn: string
  seq: number
  at: number
}

/** The newest first. */
export function listPublications(db: Db): Promise<Listed[]> {
  return db
    .selectFrom('publication')
    .select(['kind', 'dimension', 'days', 'startsOn', 'endsOn', 'seq', 'at'])
    .orderBy('endMinute', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** The newest of a length, or the one of exactly this window. */
export function findPublication(
  db: Db,
  asked: {
    kind: Kind
    dimension: Dimension | null
    days?: number
    startsOn?: string
    endsOn?: string
  },
): Promise<Publication | undefined> {
  const { kind, dimension, days, startsOn, endsOn } = asked
  return db
    .selectFrom('publication')
    .selectAll()
    .where('kind', '=', kind)
    .where('dimension', 'is not distinct from', dimension)
    .$if(days !== undefined, (query) => query.where('days', '=', days as Days))
    .$if(startsOn !== undefined, (query) => query.where('startsOn', '=', startsOn!))
    .$if(endsOn !== undefined, (query) => query.where('endsOn', '=', endsOn!))
    .orderBy('endMinute', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Notes the minute from which days are published, unless one is noted; answers the one that holds. */
export async function publishingSince(db: Db, minute: number): Promise<number> {
  await db
    .insertInto('publishingSince')
    .values({ minute })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { minute: since } = await db
    .selectFrom('publishingSince')
    .select('minute')
    .executeTakeFirstOrThrow()
  return since
}

/** Every version of the policy, the first first: when it was set and what it opened. */
export async function policyTimes(
  db: Db,
): Promise<{ setAt: number; opened: readonly Dimension[] }[]> {
  const rows = await db.selectFrom('policy').select(['setAt', 'body']).orderBy('version').execute()
  return rows.map(({ setAt, body }) => ({ setAt, opened: body.opened }))
}

/** By the clock of the events, when a policy was last set; undefined when the first one still holds. */
export async function policyChangedAt(db: Db): Promise<number | null | undefined> {
  const row = await db
    .selectFrom('journal')
    .select('newestAt')
    .where('kind', '=', 'policy')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.newestAt
}
