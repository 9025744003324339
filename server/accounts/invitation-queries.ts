import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { Person } from './person-queries.ts'

interface NewInvitation {
  tokenHash: Uint8Array
  personId: string
  madeBy: string | null
  /** Of the act that gave it. */
  accountId: number
  expiresAt: number
}

/** One invitation of a person counts: the newest. */
export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<void> {
  await db
    .deleteFrom('invitation')
    .where('personId', '=', invitation.personId)
    .where('usedAt', 'is', null)
    .execute()
  await db.insertInto('invitation').values(invitation).execute()
}

/** Puts a new link in place of the one that an act gave; resolves to false when that one counts no more. */
export async function renewInvitation(
  db: Db,
  accountId: number,
  link: { tokenHash: Uint8Array; expiresAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set(link)
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Whom an invitation that counts is for; `undefined` too while the first account has no name. */
export function invitedBy(db: Db, tokenHash: Uint8Array): Promise<Person | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .select(['person.id', 'person.name', 'person.email'])
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .executeTakeFirst()
}

/** By the act that gave it; the first account's was given by none. */
const isRecovery = sql<boolean>`coalesce(
  (select (state->>'isRecovery')::boolean from account where account.id = invitation.account_id), false)`

/** Marks it as used, and holds it until the transaction ends. */
export async function takeInvitation(trx: Db, tokenHash: Uint8Array) {
  const taken = await trx
    .updateTable('invitation')
    .set({ usedAt: sql<number>`clock_timestamp()` })
    .where('tokenHash', '=', tokenHash)
    .where('personId', 'is not', null)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .returning(['personId', 'isFirst', isRecovery.as('isRecovery')])
    .executeTakeFirst()
  return taken && { ...taken, personId: taken.personId! }
}

/** Puts a new token in place of the first account's last one. */
export async function renewFirstInvitation(
  db: Db,
  { tokenHash, expiresAt }: { tokenHash: Uint8Array; expiresAt: number },
): Promise<void> {
  await db
    .insertInto('invitation')
    .values({ tokenHash, expiresAt, isFirst: true, personId: null, madeBy: null, accountId: null })
    .onConflict((conflict) =>
      conflict
        .column('isFirst')
        .where('isFirst', '=', true)
        .doUpdateSet({ tokenHash, expiresAt, usedAt: null }),
    )
    .execute()
}

/** Holds the first account's invitation until the transaction ends. */
export function lockFirstInvitation(trx: Db, tokenHash: Uint8Array) {
  return trx
    .selectFrom('invitation')
    .select(['id', 'personId'])
    .where('tokenHash', '=', tokenHash)
    .where('isFirst', '=', true)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst()
}

export async function nameFirst(trx: Db, id: number, personId: string): Promise<void> {
  await trx.updateTable('invitation').set({ personId }).where('id', '=', id).execute()
}
