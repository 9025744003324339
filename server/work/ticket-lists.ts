import { type RawBuilder, sql } from 'kysely'
import type { TicketListName } from '#shared/work.ts'
import { HOUR } from '#shared/time.ts'
import type { Db } from '../db/connect.ts'
import { seenColumns, type SeenRow } from '../tickets/public-ticket.ts'

/** As of when, and of which agencies: members under every id; null: every one. */
export interface TicketDesk {
  agencies: readonly number[] | null
  now: number
  /** When the local day ends. */
  dayEnd: number
}

/** A ticket that falls due within this time is about to breach. */
const BREACH = 2 * HOUR

const at = (time: number) => sql`to_timestamp(${time}::bigint / 1000.0)`

/** What each list holds of the open tickets, and by which of their clocks it is sorted. */
const lists = {
  breach: {
    clock: sql`due_at`,
    holds: ({ now }) => sql`due_at >= ${at(now)} and due_at <= ${at(now + BREACH)}`,
  },
  today: {
    clock: sql`due_at`,
    holds: ({ now, dayEnd }) => sql`due_at >= ${at(now)} and due_at < ${at(dayEnd)}`,
  },
  overdue: { clock: sql`due_at`, holds: ({ now }) => sql`due_at < ${at(now)}` },
  new: { clock: sql`respond_by`, holds: () => sql`responded_at is null` },
} satisfies Record<
  TicketListName,
  { clock: RawBuilder<unknown>; holds: (desk: TicketDesk) => RawBuilder<unknown> }
>

const names = Object.keys(lists) as TicketListName[]

function isOpenAt({ agencies }: TicketDesk): RawBuilder<unknown> {
  if (agencies === null) return sql`status = 'open'`
  const ids = sql.raw(`'{${agencies.map(Number).join()}}'::int[]`)
  return sql`status = 'open' and agency = any(${ids})`
}

export interface TicketCounts extends Record<TicketListName, number> {
  open: number
  /** Of the ticket that is overdue longest. */
  oldestDueAt: number | null
}

/** Every list counted at one moment. */
export async function countLists(db: Db, desk: TicketDesk): Promise<TicketCounts> {
  const counts = names.map(
    (name) => sql`count(*) filter (where ${lists[name].holds(desk)}) as ${sql.ref(name)}`,
  )
  const { rows } = await sql<TicketCounts>`
    select count(*) as open, ${sql.join(counts)},
      min(due_at) filter (where ${lists.overdue.holds(desk)}) as oldest_due_at
    from ticket where ${isOpenAt(desk)}
  `.execute(db)
  return rows[0]!
}

/** The first of a list by the ticket's own clock; those without one come last. */
export async function firstOfList(
  db: Db,
  name: TicketListName,
  { desk, limit }: { desk: TicketDesk; limit: number },
): Promise<SeenRow[]> {
  const { holds, clock } = lists[name]
  const columns = sql.join(seenColumns.map((column) => sql.ref(column)))
  const { rows } = await sql<SeenRow>`
    select ${columns} from ticket
    where ${isOpenAt(desk)} and ${holds(desk)}
    order by ${clock} nulls last, received_at, id, source_id
    limit ${limit}::int
  `.execute(db)
  return rows
}
