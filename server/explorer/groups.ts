import type { RawBuilder } from 'kysely'
import type { TicketGrouping, TicketGroups } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import type { Knowing } from './knowing.ts'
import { countBy, giveUpAfter } from './queries.ts'

/** Milliseconds that a count may take. */
const PATIENCE = 5000
/** PostgreSQL's word for a statement that took longer than it may. */
const CANCELED = '57014'

/** How many tickets meet `where` in each group, counted from the stored tickets; the largest first. */
export async function groupTickets(
  db: Db,
  by: TicketGrouping,
  { where, knows }: { where: RawBuilder<boolean>; knows: Knowing },
): Promise<Pick<TicketGroups, 'by' | 'groups' | 'total'>> {
  const counted = await countWithin(db, (trx) => countBy(trx, by, where))
  const { directory } = await knows(
    by === 'status' ? [] : counted.map(({ key }) => ({ [by]: key })),
  )
  const keyOf = (key: number | string) =>
    typeof key === 'string' ? key : directory.codeOf(directory.rootOf(key))
  const sums = new Map<string, number>()
  for (const { key, tickets } of counted) {
    sums.set(keyOf(key), (sums.get(keyOf(key)) ?? 0) + tickets)
  }
  const groups = [...sums].map(([key, tickets]) => ({ key, tickets }))
  groups.sort((a, b) => b.tickets - a.tickets || (a.key < b.key ? -1 : 1))
  return { by, groups, total: groups.reduce((sum, { tickets }) => sum + tickets, 0) }
}

/** Runs a count in a transaction that is given up when it takes long: then a 503. */
export async function countWithin<T>(db: Db, count: (trx: Db) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(async (trx) => {
      await giveUpAfter(trx, PATIENCE)
      return count(trx)
    })
  } catch (error) {
    if ((error as { code?: string }).code !== CANCELED) throw error
    const why = `Counting this took more than ${PATIENCE / 1000} s and was stopped. Ask for fewer tickets.`
    throw new HttpError(503, why, { retryAfter: 10 })
  }
}
