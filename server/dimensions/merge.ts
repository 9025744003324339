import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { changeMembers } from './change.ts'
import { findMember, rootOf } from './find-member.ts'
import { type MemberRow, setMergedInto } from './queries.ts'

/**
 * From now on tickets of one member count under the other, those of the past too: facts keep the id
 * first seen, and the merge is followed on reading. Answers the member that stands for both.
 */
export function mergeMember(
  db: Db,
  { dimension, code, into }: { dimension: Dimension; code: string; into: string },
): Promise<MemberRow> {
  return changeMembers(db, async (trx) => {
    const member = await findMember(trx, dimension, code)
    const target = await findMember(trx, dimension, into)
    const root = await rootOf(trx, target)
    if (target.id === member.id) {
      throw new HttpError(409, `${member.code} cannot be merged into itself.`)
    }
    if (root.id === member.id) {
      throw new HttpError(409, `${target.code} was merged into ${member.code} before.`)
    }
    await setMergedInto(trx, member.id, root.id)
    return root
  })
}
