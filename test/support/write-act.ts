import { sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import { commitmentOf, salted, seal } from '../../server/acts/seal.ts'
import type { Db } from '../../server/db/connect.ts'

interface Written {
  kind: string
  subject: string
  version: number
  body?: object
  texts?: Record<string, string>
  /** A member's id. */
  agency?: number
  /** An appointment and its role; without it the system's. */
  by?: { person: string; appointment: number; role: Role }
}

/** An act as it would stand there, of nouns that a test does not perform; answers its id. */
export async function writeAct(db: Db, written: Written): Promise<number> {
  const { kind, subject, version, body = {}, texts = {}, agency = null, by } = written
  await sql`
    insert into act_kind (kind, roles, within) values (${kind}, '{}', false) on conflict do nothing
  `.execute(db)
  const { rows } = await sql<{ id: number; at: number; seq: number }>`
    select nextval('act_id') as id, clock_timestamp() as at, (select max(seq) from journal) as seq
  `.execute(db)
  const { id, at, seq } = rows[0]!
  const act = { id, at, kind, subject, version, body }
  const salt = salted(texts)
  const commitments = Object.fromEntries(salt.map((one) => [one.name, commitmentOf(one)]))
  const appointment = by?.appointment ?? null
  const role = by?.role ?? null
  await db
    .insertInto('act')
    .values({
      ...act,
      ...seal({ ...act, appointment, role, commitments }),
      ...{ personId: by?.person ?? null, appointmentId: appointment, role },
      ...{ agency, area: null, category: null, seq, key: null },
    })
    .execute()
  for (const { name, salt: hex, text } of salt) {
    await db
      .insertInto('actText')
      .values({ actId: id, name, salt: Buffer.from(hex, 'hex'), text })
      .execute()
  }
  return id
}
