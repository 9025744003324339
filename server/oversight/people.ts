import type { Logger } from 'pino'
import { type Accounts, openAccounts } from '../accounts/accounts.ts'
import { appointFirst } from '../appointments/appoint-first.ts'
import { isCurrently } from '../appointments/queries.ts'
import { watchStanding } from '../appointments/standing.ts'
import type { Db } from '../db/connect.ts'
import type { HearEnded } from '../records/sessions.ts'

type AccountOptions = Parameters<typeof openAccounts>[0]

interface Options extends Omit<AccountOptions, 'onFirst'> {
  db: Db
  log: Logger
}

export interface People {
  accounts: Accounts
  hearEnded: HearEnded
  close(): Promise<void>
}

/** Accounts, which know who somebody is, and appointments, which say what they may do, brought together. */
export async function openPeople(options: Options): Promise<People> {
  const { db, log } = options
  const hearers: ((personId: string) => void)[] = []
  const standing = await watchStanding({
    db,
    log,
    ended: (personId) => hearers.forEach((hear) => hear(personId)),
  })
  const accounts = await openAccounts({
    ...options,
    onFirst: (personId) => appointOnce(db, personId),
  })
  return {
    accounts,
    hearEnded: (hear) => void hearers.push(hear),
    async close() {
      accounts.close()
      await standing.close()
    },
  }
}

/** It may be told again of the first account, after its appointment was made. */
async function appointOnce(db: Db, personId: string): Promise<void> {
  if (await isCurrently(db, personId, 'secretariat')) return
  await appointFirst(db, personId)
}
