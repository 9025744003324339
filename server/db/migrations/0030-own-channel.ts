import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // Registered without a name before; what a city named it stays.
  await sql`
    update member set names = '{"en": "Form of this site", "zh": "本站表单"}'
    where dimension = 'channel' and spelling = 'form' and names = '{}'
  `.execute(db)
}
