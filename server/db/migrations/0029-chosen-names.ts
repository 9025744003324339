import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within) values ('appointment.named', '{observer}', false)`)

  // What an appointee chose to be called stands with the act that said so; all else with the one that appointed.
  await run(`
    create or replace function register_text(act bigint, name text) returns text language sql stable as $$
      select coalesce(act_text.text, '•••') from act_text
      where act_text.name = register_text.name and act_text.act_id = coalesce(
        case when register_text.name = 'name' then
          (select (state ->> 'nameIn')::bigint from appointment where appointment.id = register_text.act) end,
        register_text.act)
    $$`)

  // Nobody decides on an appointment of their own, and nobody but its appointee chooses its name.
  await run(`drop policy only_current_appointees on act`)
  await run(`
    create policy only_current_appointees on act for insert to clerestory_actor with check (
      person_id = current_setting('clerestory.person', true)
      and may_act(appointment_id, person_id, kind, agency, area, category, clock_timestamp())
      and is_about(subject, person_id) = (kind = 'appointment.named')
    )`)
}
