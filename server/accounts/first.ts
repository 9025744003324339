import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { USED } from './accept.ts'
import { INVITED_FOR } from './invite.ts'
import { isSomebodyHere } from './credential-queries.ts'
import { lockFirstInvitation, nameFirst, renewFirstInvitation } from './invitation-queries.ts'
import { insertPerson, updatePerson } from './person-queries.ts'
import { hashOf, newToken } from './tokens.ts'

/** The token of the first account's link, anew at each start until it is used; undefined when somebody is here. */
export async function firstToken(db: Db): Promise<string | undefined> {
  if (await isSomebodyHere(db)) return undefined
  const token = newToken()
  const expiresAt = Date.now() + INVITED_FOR
  await renewFirstInvitation(db, { tokenHash: hashOf(token), expiresAt })
  return token
}

/** Says whose the first account is. May be said again until the account can be signed in to. */
export async function claimFirst(
  db: Db,
  token: string,
  { name, email }: { name: string; email: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const invitation = await lockFirstInvitation(trx, hashOf(token))
    if (!invitation) throw new HttpError(410, USED)
    if (invitation.personId !== null) return updatePerson(trx, invitation.personId, { name, email })
    const person = { id: randomUUID(), name, email, language: null }
    if (!(await insertPerson(trx, person))) throw taken()
    await nameFirst(trx, invitation.id, person.id)
  })
}

const taken = () =>
  new HttpError(409, 'Somebody has this e-mail address.', { path: 'email', code: 'address-taken' })
