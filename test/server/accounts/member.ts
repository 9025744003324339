import { invite } from '../../../server/accounts/invite.ts'
import type { Db } from '../../../server/db/connect.ts'
import { bodyOf, codeOf, visitorOf } from './visitor.ts'

export const PASSWORD = 'tide tables and lanterns'

interface Invitee {
  name: string
  email: string
  by: string | null
}

/** Somebody who was invited, and has chosen a password and an app. */
export async function member({ origin, db }: { origin: string; db: Db }, person: Invitee) {
  const { token, personId } = await invite(db, person)
  const visitor = visitorOf({ origin })
  await visitor.post('/welcome/password', { token, password: PASSWORD })
  const { uri, spare } = await bodyOf(visitor.post('/code', { password: PASSWORD }))
  await visitor.post('/code/confirm', { code: codeOf(uri) })
  return { ...visitor, uri, spare, personId, email: person.email }
}
