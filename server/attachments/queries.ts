import { type Insertable, sql } from 'kysely'
import type { Ground } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'
import type { AttachmentTable } from '../db/evidence-tables.ts'

export type NewAttachment = Omit<Insertable<AttachmentTable>, 'publishedAt'>

/** One file is kept once, whoever brings it; who brought it is kept beside. False: it was taken down, and is not kept. */
export async function insertAttachment(
  db: Db,
  { hash, kind, type, body, width, height }: NewAttachment,
  person: string,
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    with kept as (
      insert into attachment (hash, kind, type, body, width, height)
      values (${hash}, ${kind}, ${type}, ${body}, ${width}::int, ${height}::int)
      on conflict (hash) do update set kind = attachment.kind
      returning hash, attachment.body is not null as is_here
    )
    insert into attachment_upload (hash, person_id) select hash, ${person} from kept where is_here
    on conflict (hash, person_id) do update set at = clock_timestamp()
  `.execute(db)
  return numAffectedRows > 0n
}

/** A file as its type, without its bytes; `isOwn` when the person brought it. */
export interface Listed {
  kind: AttachmentTable['kind']
  type: AttachmentTable['type']
  publishedAt: number | null
  isOwn: boolean
  /** When it was taken down, and on which ground; null: it was not. */
  withheld: { at: number; ground: Ground } | null
}

export async function attachmentOf(
  db: Db,
  hash: string,
  person: string | undefined,
): Promise<Listed | undefined> {
  const { rows } = await sql<Listed>`
    select kind, type, published_at, exists (
      select from attachment_upload brought
      where brought.hash = attachment.hash and person_id = ${person ?? null}::text
    ) as is_own, (
      select jsonb_build_object('at', state -> 'at', 'ground', state -> 'ground') from withholding
      where file = encode(hash, 'hex')
    ) as withheld
    from attachment where hash = ${Buffer.from(hash, 'hex')}
  `.execute(db)
  return rows[0]
}

/** Undefined also where it was taken down. */
export async function bodyOf(db: Db, hash: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('attachment')
    .select('body')
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
  return row?.body ?? undefined
}

/** Those of the hashes that the person brought, or that are public already, and were not taken down; locked until the transaction ends. */
export async function setPublished(
  db: Db,
  hashes: readonly string[],
  person: string,
): Promise<string[]> {
  const list = hashes.map((hash) => Buffer.from(hash, 'hex'))
  const rows = await db
    .updateTable('attachment')
    .set({ publishedAt: sql<number>`coalesce(published_at, clock_timestamp())` })
    .where('hash', 'in', list)
    .where('body', 'is not', null)
    .where((where) =>
      where.or([
        where('publishedAt', 'is not', null),
        where('hash', 'in', (query) =>
          query.selectFrom('attachmentUpload').select('hash').where('personId', '=', person),
        ),
      ]),
    )
    .returning('hash')
    .execute()
  return rows.map(({ hash }) => Buffer.from(hash).toString('hex'))
}

/** Removes what nobody published or froze and nobody brought for a day; answers how many. */
export async function removeOrphans(db: Db): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from attachment
    where published_at is null
      and not exists (select from evidence where picture = attachment.hash)
      and not exists (
        select from attachment_upload brought
        where brought.hash = attachment.hash and at > clock_timestamp() - interval '1 day'
      )
  `.execute(db)
  return Number(numAffectedRows)
}
