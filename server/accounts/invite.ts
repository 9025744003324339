import { randomUUID } from 'node:crypto'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { insertInvitation } from './invitation-queries.ts'
import { insertPerson, personById } from './person-queries.ts'
import { hashOf, newToken } from './tokens.ts'

interface Invited {
  personId: string
  /** Told to nobody but the person; stored only hashed. */
  token: string
}

interface Wanted {
  name: string
  /** In lower case. */
  email: string
  language?: string | null
  /** A person; null: the system. */
  by: string | null
}

/** Milliseconds for which a link can be used. */
export const INVITED_FOR = 7 * 86_400_000

/** Makes a person who has no way in yet, and the invitation to make one. 409 when the address is somebody's. */
export async function invite(db: Db, { name, email, language = null, by }: Wanted) {
  const person = { id: randomUUID(), name, email, language }
  if (!(await insertPerson(db, person))) {
    throw new HttpError(409, 'Somebody has this e-mail address. Renew their access instead.', {
      path: 'email',
      code: 'address-taken',
    })
  }
  return invitationFor(db, person.id, by)
}

/** A new invitation for a person: when it is used, all they had before is forgotten. */
export async function recover(db: Db, personId: string, by: string | null) {
  const person = await personById(db, personId)
  if (!person) throw new HttpError(404, 'There is no such person.')
  return { ...(await invitationFor(db, personId, by)), person }
}

async function invitationFor(db: Db, personId: string, madeBy: string | null): Promise<Invited> {
  const token = newToken()
  const expiresAt = Date.now() + INVITED_FOR
  await insertInvitation(db, { tokenHash: hashOf(token), personId, madeBy, expiresAt })
  return { personId, token }
}
