import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // A version decides about tickets received from `holds_from` on; null: from the beginning.
  await run(`
    alter table policy
      add column holds_from   timestamptz,
      add column set_by       text not null default 'command',
      add column rewritten_at timestamptz`)

  // Until now the version that was newest when an event came decided about it. From now on the version that
  // held when the ticket was received does: the first from the beginning, each later one from when it was set.
  // Nothing stored is rewritten by this. A ticket received before a version was set and told again after it
  // keeps what that version decided, until the ticket is told again or somebody asks for the rewrite.
  await run(`
    update policy set
      rewritten_at = set_at,
      holds_from = case when version > (select min(version) from policy) then set_at end`)

  // Read and written under the lock that orders the journal: who appends to it knows the newest version.
  await run(`alter table journal_head add column policy_version int not null default 0`)
  await run(
    `update journal_head set policy_version = coalesce((select max(version) from policy), 0)`,
  )
  await run(`alter table journal add column policy_version int`)
}
