import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import { findMember } from './find-member.ts'
import { setReviewed } from './queries.ts'

/** Notes that somebody looked at a member that events brought in. Nothing that is shown changes. */
export async function reviewMember(db: Db, dimension: Dimension, code: string): Promise<void> {
  const member = await findMember(db, dimension, code)
  await setReviewed(db, member.id)
}
