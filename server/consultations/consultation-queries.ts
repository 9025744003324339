import { type Selectable, sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'

export type ConsultationRow = Selectable<Database['consultation']>
export type DraftRow = Selectable<Database['draft']>
/** As its source tells it. */
export type NewConsultation = Omit<ConsultationRow, 'formIsOn'>

/** The stored consultation, held until the transaction ends; of one that is new, its member. */
export async function lockConsultation(
  db: Db,
  id: number,
): Promise<
  | (Pick<ConsultationRow, 'sourceId' | 'version' | 'digest' | 'opensAt' | 'closesAt'> & {
      digest: Buffer
    })
  | undefined
> {
  await db.selectFrom('member').select('id').where('id', '=', id).forUpdate().execute()
  const row = await db
    .selectFrom('consultation')
    .select(['sourceId', 'version', 'digest', 'opensAt', 'closesAt'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, digest: Buffer.from(row.digest) }
}

/** Everybody may comment by its form: the secretariat's word, where it has given one, is the later. */
export const isFormOn = ({
  formIsOn,
  hasForm,
}: Pick<ConsultationRow, 'formIsOn' | 'hasForm'>): boolean => formIsOn ?? hasForm

const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::text::jsonb`
const instant = (at: number) => sql<number>`to_timestamp(${at}::bigint / 1000.0)`

export async function upsertConsultation(db: Db, row: NewConsultation): Promise<void> {
  const values = {
    ...row,
    titles: json(row.titles),
    summaries: row.summaries && json(row.summaries),
    outcome: row.outcome && json(row.outcome),
    opensAt: instant(row.opensAt),
    closesAt: instant(row.closesAt),
  }
  const { id: _, ...changed } = values
  await db
    .insertInto('consultation')
    .values(values)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changed))
    .execute()
}

export function consultationById(db: Db, id: number): Promise<ConsultationRow> {
  return db.selectFrom('consultation').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Those that close last first. */
export function allConsultations(db: Db): Promise<ConsultationRow[]> {
  return db
    .selectFrom('consultation')
    .selectAll()
    .orderBy('closesAt', 'desc')
    .orderBy('id')
    .limit(1000)
    .execute()
}

export function consultationCalled(db: Db, code: string): Promise<ConsultationRow | undefined> {
  return db.selectFrom('consultation').selectAll().where('code', '=', code).executeTakeFirst()
}

export function draftsOf(db: Db, consultation: number): Promise<DraftRow[]> {
  return db
    .selectFrom('draft')
    .selectAll()
    .where('consultation', '=', consultation)
    .orderBy('number')
    .execute()
}

export interface DraftLine {
  number: number
  languages: readonly string[]
}

/** Of each consultation the newest draft that is confirmed, without its texts. */
export async function shownDrafts(db: Db): Promise<Map<number, DraftLine>> {
  const { rows } = await sql<DraftLine & { consultation: number }>`
    select distinct on (consultation) consultation, number,
      array(select jsonb_object_keys(texts)) as languages
    from draft where confirmed_at is not null order by consultation, number desc
  `.execute(db)
  return new Map(rows.map(({ consultation, ...line }) => [consultation, line]))
}

export function draftOf(
  db: Db,
  consultation: number,
  number: number,
): Promise<DraftRow | undefined> {
  return db
    .selectFrom('draft')
    .selectAll()
    .where('consultation', '=', consultation)
    .where('number', '=', number)
    .executeTakeFirst()
}

export async function insertDraft(db: Db, draft: Omit<DraftRow, 'confirmedAt'>): Promise<void> {
  await db
    .insertInto('draft')
    .values({
      ...draft,
      publishedAt: instant(draft.publishedAt),
      texts: json(draft.texts),
      matches: draft.matches && json(draft.matches),
    })
    .execute()
}

/** What became of each provision, until it is confirmed. */
export async function setMatches(
  db: Db,
  consultation: number,
  { number, matches }: Pick<DraftRow, 'number' | 'matches'>,
): Promise<void> {
  await db
    .updateTable('draft')
    .set({ matches: json(matches) })
    .where('consultation', '=', consultation)
    .where('number', '=', number)
    .where('confirmedAt', 'is', null)
    .execute()
}

/** Waits for others who confirm it; false: it was confirmed already. */
export async function setConfirmed(db: Db, consultation: number, number: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('draft')
    .set({ confirmedAt: sql<number>`clock_timestamp()` })
    .where('consultation', '=', consultation)
    .where('number', '=', number)
    .where('confirmedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

interface Named {
  code: string
  names: Record<string, string>
}

/** Registers provisions under their names, also those that comments named before. */
export async function nameProvisions(db: Db, named: readonly Named[]): Promise<void> {
  await sql`
    insert into member (dimension, code, spelling, names)
    select 'provision', code, code, names
    from jsonb_to_recordset(${JSON.stringify(named)}::text::jsonb) as one (code text, names jsonb)
    order by code
    on conflict (dimension, spelling) do update set names = excluded.names
  `.execute(db)
}

/** Until the transaction ends nobody merges names, and nobody counts who took part. */
export async function lockNames(db: Db): Promise<void> {
  await sql`lock table member, participation in share row exclusive mode`.execute(db)
}

/** By their codes: what stands for one of each pair now goes on as what stands for the other. */
export async function mergeProvisions(
  db: Db,
  merges: readonly { from: string; into: string }[],
): Promise<void> {
  await sql`
    update member set merged_into = pair.root
    from (
      select root_member(gone.id) as id, root_member(target.id) as root
      from jsonb_to_recordset(${JSON.stringify(merges)}::text::jsonb) as one ("from" text, "into" text)
      join member gone on gone.dimension = 'provision' and gone.code = one."from"
      join member target on target.dimension = 'provision' and target.code = one."into"
    ) as pair
    where member.id = pair.id and pair.id <> pair.root
  `.execute(db)
}
