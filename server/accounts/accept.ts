import { insertAccountEvent } from '../account-events/queries.ts'
import { whose } from '../account-events/whose.ts'
import type { Db } from '../db/connect.ts'
import { forgetCredentials } from './credential-queries.ts'
import { takeInvitation } from './invitation-queries.ts'

export type OnFirst = (personId: string) => Promise<void>

interface Acceptance {
  onFirst: OnFirst
  alsoDo?: (trx: Db, personId: string) => Promise<void>
}

/**
 * Uses an invitation up, once however many try, and ends what its person had before: credentials and
 * sessions. Answers whose it is, or undefined when it does not count any more. `alsoDo` and `onFirst`
 * belong to it: what they throw leaves it unused.
 */
export async function accept(
  db: Db,
  tokenHash: Uint8Array,
  { onFirst, alsoDo = async () => {} }: Acceptance,
): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    const taken = await takeInvitation(trx, tokenHash)
    if (!taken) return undefined
    const way = taken.isRecovery ? 'recovery' : 'invitation'
    await insertAccountEvent(trx, whose.person(taken.personId), { kind: 'link-used', way })
    await forgetCredentials(trx, taken.personId)
    await alsoDo(trx, taken.personId)
    if (taken.isFirst) await onFirst(taken.personId)
    return taken.personId
  })
}

export const USED = 'This invitation was used, or is too old. Ask the secretariat for a new one.'
