import { type Selectable, sql } from 'kysely'
import type { Axis } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'

export type PollRow = Selectable<Database['poll']>
export type StatementRow = Selectable<Database['statement']>

/** Those of the codes that are polls. */
export async function pollsCalled(db: Db, codes: readonly string[]): Promise<PollRow[]> {
  if (codes.length === 0) return []
  return db.selectFrom('poll').selectAll().where('code', 'in', codes).execute()
}

export function pollCalled(db: Db, code: string): Promise<PollRow | undefined> {
  return db.selectFrom('poll').selectAll().where('code', '=', code).executeTakeFirst()
}

/** Those that close last first. */
export function allPolls(db: Db): Promise<PollRow[]> {
  return db
    .selectFrom('poll')
    .selectAll()
    .orderBy('closesAt', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute()
}

/** The stored poll, held until the transaction ends; of one that is new, its member. */
export async function lockPoll(db: Db, id: number): Promise<PollRow | undefined> {
  await db.selectFrom('member').select('id').where('id', '=', id).forUpdate().execute()
  return db.selectFrom('poll').selectAll().where('id', '=', id).executeTakeFirst()
}

const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::text::jsonb`
const instant = (at: number) => sql<number>`to_timestamp(${at}::bigint / 1000.0)`

export async function upsertPoll(db: Db, row: PollRow): Promise<void> {
  const values = {
    ...row,
    titles: json(row.titles),
    summaries: row.summaries && json(row.summaries),
    opensAt: instant(row.opensAt),
    closesAt: instant(row.closesAt),
    questions: json(row.questions),
    groups: json(row.groups),
  }
  const { id: _, ...changed } = values
  await db
    .insertInto('poll')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute()
}

interface Choice {
  code: string
  names: Record<string, string>
}

/** Registers choices under their names. */
export async function nameChoices(db: Db, choices: readonly Choice[]): Promise<void> {
  await sql`
    insert into member (dimension, code, spelling, names)
    select 'choice', code, code, names
    from jsonb_to_recordset(${JSON.stringify(choices)}::text::jsonb) as one (code text, names jsonb)
    order by code
    on conflict (dimension, spelling) do update set names = excluded.names
  `.execute(db)
}

/** Ids by code. */
export async function memberIds(
  db: Db,
  dimension: Axis,
  codes: readonly string[],
): Promise<Map<string, number>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('member')
    .select(['id', 'code'])
    .where('dimension', '=', dimension)
    .where('code', 'in', codes)
    .execute()
  return new Map(rows.map(({ id, code }) => [code, id]))
}

type Held = Pick<StatementRow, 'sourceId' | 'version'> & { digest: Buffer }

/** The stored statement, held until the transaction ends; of one that is new, its member. */
export async function lockStatement(db: Db, id: number): Promise<Held | undefined> {
  await db.selectFrom('member').select('id').where('id', '=', id).forUpdate().execute()
  const row = await db
    .selectFrom('statement')
    .select(['sourceId', 'version', 'digest'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, digest: Buffer.from(row.digest) }
}

export async function upsertStatement(db: Db, row: StatementRow): Promise<void> {
  const values = { ...row, texts: json(row.texts), receivedAt: instant(row.receivedAt) }
  const { id: _, ...changed } = values
  await db
    .insertInto('statement')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute()
}

/** Those that are published, as they came. */
export function publishedStatements(
  db: Db,
  poll: number,
): Promise<Pick<StatementRow, 'id' | 'code' | 'texts' | 'isSeed' | 'receivedAt'>[]> {
  return db
    .selectFrom('statement')
    .select(['id', 'code', 'texts', 'isSeed', 'receivedAt'])
    .where('poll', '=', poll)
    .where('isPublished', '=', true)
    .orderBy('receivedAt')
    .orderBy('id')
    .limit(5000)
    .execute()
}

export async function withheldStatements(
  db: Db,
  poll: number,
): Promise<{ reason: string; statements: number }[]> {
  const { rows } = await sql<{ reason: string; statements: number }>`
    select reason, count(*)::int as statements from statement
    where poll = ${poll} and not is_published and reason is not null group by reason order by 2 desc, 1
  `.execute(db)
  return rows
}
