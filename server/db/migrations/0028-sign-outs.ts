import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    insert into act_kind (kind, roles, within) values ('account.signed-out', '{secretariat}', false)
  `.execute(db)
}
