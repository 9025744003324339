import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export async function ledgerSize(db: Db): Promise<number> {
  const { size } = await db.selectFrom('ledgerHead').select('size').executeTakeFirstOrThrow()
  return size
}

export interface LeafRow {
  index: number
  entry: Uint8Array
}

/** Hashes of leaves from `from` up to `to`, which is not among them. */
export async function leafHashes(db: Db, from: number, to: number): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('leaf')
    .select('hash')
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .execute()
  return rows.map(({ hash }) => hash)
}

/** The same, one after the other: one row is had sooner than 256. */
export async function leafTile(db: Db, from: number, to: number): Promise<Uint8Array> {
  const { rows } = await sql<{ tile: Uint8Array | null }>`
    select string_agg(hash, ''::bytea order by index) as tile from leaf
    where index >= ${from}::bigint and index < ${to}::bigint
  `.execute(db)
  return rows[0]!.tile ?? new Uint8Array()
}

export async function leafEntries(db: Db, from: number, to: number): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('leaf')
    .select('entry')
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .execute()
  return rows.map(({ entry }) => entry)
}

interface NodeStretch {
  level: number
  from: number
  to: number
}

/** Of whole tiles: what the level above them is made of. */
export async function nodeHashes(db: Db, { level, from, to }: NodeStretch): Promise<Uint8Array[]> {
  const rows = await db
    .selectFrom('ledgerNode')
    .select('hash')
    .where('level', '=', level)
    .where('index', '>=', from)
    .where('index', '<', to)
    .orderBy('index')
    .execute()
  return rows.map(({ hash }) => hash)
}

export async function nodeTile(db: Db, { level, from, to }: NodeStretch): Promise<Uint8Array> {
  const { rows } = await sql<{ tile: Uint8Array | null }>`
    select string_agg(hash, ''::bytea order by index) as tile from ledger_node
    where level = ${level}::int and index >= ${from}::bigint and index < ${to}::bigint
  `.execute(db)
  return rows[0]!.tile ?? new Uint8Array()
}

export async function leafAt(db: Db, index: number): Promise<LeafRow | undefined> {
  return db
    .selectFrom('leaf')
    .select(['index', 'entry'])
    .where('index', '=', index)
    .executeTakeFirst()
}

export async function leafOfAct(db: Db, act: number): Promise<LeafRow | undefined> {
  return db
    .selectFrom('leaf')
    .select(['index', 'entry'])
    .where('actId', '=', act)
    .executeTakeFirst()
}

/** Adds a leaf, in its place; `what` is RFC 8785 JSON. Take no other lock after it. */
export async function appendLeaf(db: Db, type: string, what: string): Promise<number> {
  const { rows } = await sql<{ index: number }>`
    select append_leaf(${type}::text, ${what}::text) as index
  `.execute(db)
  return rows[0]!.index
}

export interface StoredCheckpoint {
  size: number
  root: Uint8Array
  note: string
}

export async function newestCheckpoint(db: Db): Promise<StoredCheckpoint | undefined> {
  return db
    .selectFrom('checkpoint')
    .select(['size', 'root', 'note'])
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** When a checkpoint was last signed; undefined where none was. */
export async function lastSigned(db: Db): Promise<number | undefined> {
  const newest = await db
    .selectFrom('checkpoint')
    .select('at')
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.at
}

/** Milliseconds since the first leaf that no checkpoint has was written; undefined where all are signed. */
export async function waitingSince(db: Db): Promise<number | undefined> {
  const { rows } = await sql<{ ms: number }>`
    select extract(epoch from clock_timestamp()
      - (convert_from(entry, 'UTF8')::jsonb ->> 'at')::timestamptz)::float8 * 1000 as ms
    from leaf where index = (select coalesce(max(size), 0) from checkpoint)
  `.execute(db)
  return rows[0]?.ms
}

/** Who came second wrote the same. */
export async function insertCheckpoint(db: Db, checkpoint: StoredCheckpoint): Promise<void> {
  await db
    .insertInto('checkpoint')
    .values(checkpoint)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface StoredNode {
  level: number
  index: number
  hash: Uint8Array
}

export async function insertNodes(db: Db, nodes: readonly StoredNode[]): Promise<void> {
  if (nodes.length === 0) return
  await db
    .insertInto('ledgerNode')
    .values([...nodes])
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** As verifier lines, the one that signs now last. */
export async function ledgerKeys(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('ledgerKey').select('line').orderBy('id').execute()
  return rows.map(({ line }) => line)
}

/** Until the transaction ends nobody else makes a key. */
export async function lockKeys(trx: Db): Promise<void> {
  await sql`lock table ledger_key in share row exclusive mode`.execute(trx)
}

export async function insertKey(db: Db, line: string): Promise<void> {
  await db.insertInto('ledgerKey').values({ line }).execute()
}

/** Signature lines of witnesses under a checkpoint. */
export async function cosignaturesOf(db: Db, size: number): Promise<string[]> {
  const rows = await db
    .selectFrom('cosignature')
    .select('line')
    .where('size', '=', size)
    .orderBy('key')
    .execute()
  return rows.map(({ line }) => line)
}

export async function checkpointOfSize(
  db: Db,
  size: number,
): Promise<StoredCheckpoint | undefined> {
  return db
    .selectFrom('checkpoint')
    .select(['size', 'root', 'note'])
    .where('size', '=', size)
    .executeTakeFirst()
}

/** `key`: the witness's verifier line. It signs a size once. */
export async function insertCosignature(
  db: Db,
  cosignature: { size: number; key: string; line: string },
): Promise<void> {
  await db
    .insertInto('cosignature')
    .values(cosignature)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface LastCosignature {
  key: string
  size: number
  at: number
}

/** Of each witness what it signed last. */
export async function lastCosignatures(db: Db): Promise<LastCosignature[]> {
  return db
    .selectFrom('cosignature')
    .distinctOn('key')
    .select(['key', 'size', 'at'])
    .orderBy('key')
    .orderBy('size', 'desc')
    .execute()
}
