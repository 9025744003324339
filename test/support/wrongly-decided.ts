import type { Db } from '../../server/db/connect.ts'
import { spellingOf } from '../../server/dimensions/spelling.ts'
import { decideBy } from '../../server/policies/decide.ts'
import { allPolicies } from '../../server/policies/queries.ts'

/** The ids of stored tickets whose columns say otherwise than the policies that hold for them. */
export async function wronglyDecided(db: Db): Promise<string[]> {
  const decide = decideBy(await allPolicies(db))
  const members = await db.selectFrom('member').select(['id', 'code']).execute()
  const codes = new Map(members.map(({ id, code }) => [id, spellingOf(code)]))
  const tickets = await db.selectFrom('ticket').selectAll().execute()
  return tickets
    .filter((ticket) => {
      const wanted = decide({ ...ticket, category: codes.get(ticket.category) ?? null })
      return Object.entries(wanted).some(([key, value]) => ticket[key as 'dueAt'] !== value)
    })
    .map(({ id }) => id)
}
