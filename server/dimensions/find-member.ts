import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { memberById, type MemberRow, memberSpelled } from './queries.ts'
import { isNone, spellingOf } from './spelling.ts'

/** The member a code or an alias means, also when it was merged into another. Throws a 404. */
export async function findMember(db: Db, dimension: Dimension, code: string): Promise<MemberRow> {
  const spelling = spellingOf(code)
  const member = isNone(spelling) ? undefined : await memberSpelled(db, dimension, spelling)
  if (!member) throw new HttpError(404, `There is no ${dimension} called ${code}.`)
  return member
}

/** The member that stands for this one: what it was merged into, and so on. */
export async function rootOf(db: Db, member: MemberRow): Promise<MemberRow> {
  let root = member
  while (root.mergedInto !== null) root = await memberById(db, root.mergedInto)
  return root
}
