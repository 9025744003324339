import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { changeMembers } from './change.ts'
import { findMember } from './find-member.ts'
import { insertAlias, type MemberRow, memberSpelled } from './queries.ts'
import { isNone, spellingOf } from './spelling.ts'

/** Events that come from now on and say `text` mean this member. */
export function addAlias(
  db: Db,
  { dimension, code, text }: { dimension: Dimension; code: string; text: string },
): Promise<MemberRow> {
  const spelling = spellingOf(text)
  if (isNone(spelling)) throw new HttpError(400, 'An alias needs a letter or a digit.')
  return changeMembers(db, async (trx) => {
    const member = await findMember(trx, dimension, code)
    const taken = await memberSpelled(trx, dimension, spelling)
    if (taken) throw refused(text, taken, member)
    await insertAlias(trx, { dimension, spelling, memberId: member.id })
    return member
  })
}

function refused(text: string, taken: MemberRow, member: MemberRow): HttpError {
  if (taken.id === member.id) return new HttpError(409, `${text} means ${member.code} already.`)
  return new HttpError(
    409,
    `${text} already means ${taken.code}. To count the two as one, merge ${taken.code} into ${member.code}.`,
  )
}
