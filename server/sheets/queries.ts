import { sql } from 'kysely'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Db } from '../db/connect.ts'

/** What was told of a local day: the sheet (edition 1), then each revision. */
export interface StoredSheet {
  day: string
  edition: number
  /** Its leaf in the ledger. */
  leaf: number
  seq: number
  at: number
  body: Sheet
  /** Tickets that count otherwise than when the day was first told: they came late, or were corrected. */
  tickets: number
}

/** Until the transaction ends nobody else writes sheets. */
export async function lockSheets(trx: Db): Promise<void> {
  await sql`lock table sheet in share row exclusive mode`.execute(trx)
}

/** Of each day since `from` what was told last, the first day first. */
export function newestSheets(db: Db, from: string): Promise<StoredSheet[]> {
  return db
    .selectFrom('sheet')
    .distinctOn('day')
    .selectAll()
    .where('day', '>=', from)
    .orderBy('day')
    .orderBy('edition', 'desc')
    .execute()
}

export function sheetsBetween(db: Db, from: string, to: string): Promise<StoredSheet[]> {
  return db
    .selectFrom('sheet')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .orderBy('edition')
    .execute()
}

/**
 * The first day that was told and is not followed by one that was: the newest one, or the last before days of which
 * nothing was told. Undefined where nothing was told yet.
 */
export async function toldBeforeGap(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ day: string | null }>`
    select min(day) as day from sheet where edition = 1 and not exists (
      select from sheet as next where next.day = to_char(sheet.day::date + 1, 'YYYY-MM-DD'))
  `.execute(db)
  return rows[0]!.day ?? undefined
}

/** How often a day was told. */
export async function lastEdition(db: Db, day: string): Promise<number> {
  const { edition } = await db
    .selectFrom('sheet')
    .select((of) => of.fn.max('edition').as('edition'))
    .where('day', '=', day)
    .executeTakeFirstOrThrow()
  return edition ?? 0
}

/**
 * Where the journal stood when the day before the newest one was told: what came since may not have been looked at.
 * Undefined where only one day was told.
 */
export async function toldBefore(db: Db): Promise<number | undefined> {
  const before = await db
    .selectFrom('sheet')
    .select('seq')
    .where('edition', '=', 1)
    .orderBy('day', 'desc')
    .offset(1)
    .limit(1)
    .executeTakeFirst()
  return before?.seq
}

export async function insertSheet(db: Db, sheet: Omit<StoredSheet, 'at'>): Promise<void> {
  await db.insertInto('sheet').values(sheet).execute()
}

export interface RevisedDay {
  day: string
  first: Pick<StoredSheet, 'leaf' | 'at' | 'body'>
  last: Pick<StoredSheet, 'leaf' | 'at' | 'body' | 'edition' | 'tickets'>
}

/** Days of which late data changed what was first told, the newest first. */
export async function revisedDays(db: Db, from: string, to: string): Promise<RevisedDay[]> {
  const { rows } = await sql<Revised>`
    select last.day, first.leaf as first_leaf, first.at as first_at, first.body as first_body,
      last.leaf, last.at, last.body, last.edition, last.tickets
    from (
      select distinct on (day) * from sheet
      where day >= ${from} and day <= ${to} order by day, edition desc
    ) as last
    join sheet as first on first.day = last.day and first.edition = 1
    where last.edition > 1 order by last.day desc
  `.execute(db)
  return rows.map(({ day, firstLeaf, firstAt, firstBody, ...last }) => ({
    day,
    first: { leaf: firstLeaf, at: firstAt, body: firstBody },
    last,
  }))
}

type Revised = Omit<StoredSheet, 'seq'> & { firstLeaf: number; firstAt: number; firstBody: Sheet }

/** Where the journal stood when the day was first told. */
export async function firstTold(db: Db, day: string): Promise<number> {
  const { seq } = await db
    .selectFrom('sheet')
    .select('seq')
    .where('day', '=', day)
    .where('edition', '=', 1)
    .executeTakeFirstOrThrow()
  return seq
}
