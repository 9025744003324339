import { type Act, NotTheirs, Refused, type Text } from './act.ts'

/** What was done to how a person comes in: a link to make a way, first or again; or all their sessions ended. */
export interface Account {
  /** The account's id; null: it was taken down. */
  person: Text
  isRecovery: boolean
  /** No link: whoever was signed in as them is no longer. */
  isSignOut?: true
  at: number
}

/** Whose account it is is only committed to: neither name nor address stands in an act, nor the link. */
export interface AccountDeed {
  kind: 'account.invited' | 'account.recovered' | 'account.signed-out'
  body: Record<never, never>
  texts: { person: Text }
}

/** Each act is a subject of its own, to which nothing else is done. A session that was left open is no way in for good. */
export function nextAccount(
  state: Account | undefined,
  { at, by, kind, texts }: Act<AccountDeed>,
): Account {
  if (state) throw new Refused('done-already', 'The link was given already.')
  const { person } = texts
  if (kind === 'account.signed-out') return { person, isRecovery: false, isSignOut: true, at }
  if (by && by.person === person) {
    throw new NotTheirs('account.own', 'Nobody gives a link for an account of their own.')
  }
  return { person, isRecovery: kind === 'account.recovered', at }
}
