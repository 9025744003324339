import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { changeMembers } from './change.ts'
import { findMember, rootOf } from './find-member.ts'
import { setNames } from './queries.ts'

/**
 * Says what to call a member, by language; languages that are not named keep their name, an empty
 * name goes. Its code stays: addresses and sources use it. Answers all its names.
 */
export function renameMember(
  db: Db,
  { dimension, code, names }: { dimension: Dimension; code: string; names: Record<string, string> },
): Promise<Record<string, string>> {
  return changeMembers(db, async (trx) => {
    const member = await findMember(trx, dimension, code)
    const root = await rootOf(trx, member)
    if (root.id !== member.id) {
      throw new HttpError(409, `${member.code} was merged into ${root.code}: rename that.`)
    }
    const all = { ...member.names, ...names }
    const kept = Object.fromEntries(Object.entries(all).filter(([, name]) => name !== ''))
    await setNames(trx, member.id, kept)
    return kept
  })
}
