import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within) values ('file.withheld', '{secretariat}', false)`)

  // What was taken down leaves its row: evidence may name it, and nobody brings it again.
  await run(`
    alter table attachment alter column body drop not null,
      add constraint taken_down_was_public check (body is not null or published_at is not null)`)
  await run(`
    alter table withholding add column file text generated always as (state ->> 'file') stored`)
  // A file is taken down once, and for every act that names it.
  await run(`create unique index withholding_file on withholding (file)`)

  // Also of the files that the act names, by their hashes, whichever act they were taken down under.
  await run(`
    create or replace function withheld_in(act bigint) returns jsonb language sql stable as $$
      select jsonb_object_agg(name, jsonb_build_object('act', gone.id, 'ground', gone.state -> 'ground',
        'at', to_char(to_timestamp((gone.state ->> 'at')::bigint / 1000.0) at time zone 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from (
        select text.name, withholding.id, withholding.state
        from withholding, jsonb_array_elements_text(withholding.state -> 'texts') as text (name)
        where withholding.act_id = withheld_in.act
        union all
        select withholding.file, withholding.id, withholding.state
        from act as naming, jsonb_array_elements_text(naming.body -> 'attachments') as named (file)
          join withholding using (file)
        where naming.id = withheld_in.act
      ) as gone (name, id, state)
    $$`)
}
