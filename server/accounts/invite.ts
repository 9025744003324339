import { randomUUID } from 'node:crypto'
import type { AccountDeed } from '#shared/oversight/account.ts'
import { perform } from '../acts/perform.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { insertInvitation, renewInvitation } from './invitation-queries.ts'
import { accountNoun } from './noun.ts'
import { insertPerson, personById } from './person-queries.ts'
import { hashOf, newToken } from './tokens.ts'

interface Invited {
  personId: string
  /** Told to nobody but the person; stored only hashed. */
  token: string
}

export interface By {
  /** A person, under an appointment of theirs; null: the system. */
  by: string | null
  /** The act's, as `perform` has it. */
  key?: string | null
}

interface Wanted extends By {
  name: string
  /** In lower case. */
  email: string
  language?: string | null
}

/** Milliseconds for which a link can be used. */
export const INVITED_FOR = 7 * 86_400_000

/**
 * Makes a person who has no way in yet, and the invitation to make one: one act with both. 403 for whom no
 * appointment allows it, 409 when the address is somebody's.
 */
export function invite(db: Db, { name, email, language = null, ...by }: Wanted) {
  const person = { id: randomUUID(), name, email, language }
  return giveLink(db, person.id, {
    ...by,
    kind: 'account.invited',
    also: async (trx) => {
      if (await insertPerson(trx, person)) return
      throw new HttpError(409, 'Somebody has this e-mail address. Renew their access instead.', {
        path: 'email',
        code: 'address-taken',
      })
    },
  })
}

/** A new invitation for a person, by an act: when it is used, all they had before is forgotten. */
export async function recover(db: Db, personId: string, by: By) {
  const invited = await giveLink(db, personId, {
    ...by,
    kind: 'account.recovered',
    also: async (trx) => void (await requireInvitable(trx, personId)),
  })
  return { ...invited, person: await requireInvitable(db, personId) }
}

interface Link extends By {
  kind: Exclude<AccountDeed['kind'], 'account.signed-out'>
  also: (trx: Db) => Promise<void>
}

/**
 * The act and its invitation, in one transaction. Asked again with the same key it is the same act, and a new
 * link in place of the one whose answer was lost; 409 when that one was used.
 */
async function giveLink(db: Db, personId: string, { by, key = null, kind, also }: Link) {
  const token = newToken()
  const link = { tokenHash: hashOf(token), expiresAt: Date.now() + INVITED_FOR }
  const { act, state, isRepeated } = await perform(db, {
    person: by,
    key,
    noun: accountNoun,
    deed: { kind, body: {}, texts: { person: personId } },
    also: async (trx, accountId) => {
      await also(trx)
      await insertInvitation(trx, { ...link, personId, madeBy: by, accountId })
    },
  })
  if (isRepeated && !(await renewInvitation(db, Number(act.subject.split(':')[1]), link))) {
    throw new HttpError(409, 'This link was used, or another one was given since.', {
      code: 'done-already',
    })
  }
  return { personId: state.person ?? personId, token } satisfies Invited
}

/** Throws a 404 for nobody, and for who is of the demonstration. */
export async function requireInvitable(db: Db, personId: string) {
  const person = await personById(db, personId)
  if (person) return person
  throw new HttpError(404, 'There is no such person.')
}
