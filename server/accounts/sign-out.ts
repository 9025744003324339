import { perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import { type By, requireInvitable } from './invite.ts'
import { accountNoun } from './noun.ts'
import { endSessions } from './session-queries.ts'

/** Ends every session of a person, by an act; their sockets end within seconds. 403 for whom no appointment allows it. */
export async function signOut(db: Db, personId: string, { by, key = null }: By): Promise<void> {
  await perform(db, {
    person: by,
    key,
    noun: accountNoun,
    deed: { kind: 'account.signed-out', body: {}, texts: { person: personId } },
    also: async (trx) => {
      await requireInvitable(trx, personId)
      await endSessions(trx, personId, 'secretariat')
    },
  })
}
