import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Lists of tickets are paged by key in these orders, and narrowed by these. Every index costs intake: so
  // they hold no more than finds the place, and the few tickets of one instant are sorted when they are read.
  await run(`create index ticket_received on ticket (received_at)`)
  await run(`drop index ticket_received_at`)
  await run(`create index ticket_due on ticket (due_at) where status = 'open'`)
  await run(`create index ticket_closed on ticket (closed_at) where status = 'closed'`)
  for (const dimension of ['agency', 'area', 'category']) {
    await run(`create index ticket_${dimension} on ticket (${dimension})`)
  }

  // Most categories belong to one agency: who asks for both must not be taken to ask for few or many.
  await run(`create statistics ticket_agency_category (mcv) on agency, category from ticket`)

  // What a batch changed: tickets that came with it, and those it replaced. An index of the batch that wrote
  // a ticket last would cost every update; this column is never updated. Null of tickets that came before.
  await run(`alter table ticket add column first_batch bigint`)
  await run(`create index ticket_first_batch on ticket (first_batch)`)
  await run(`create index ticket_history_until on ticket_history (until_batch)`)

  // With it a ticket's source is hidden in its public address, alike in every process.
  await run(`
    create table ticket_mark (
      one    boolean primary key default true check (one),
      secret bytea   not null
    )`)
  await run(
    `insert into ticket_mark (secret) select sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea)`,
  )
}
