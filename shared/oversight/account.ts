import { type Act, NotTheirs, Refused, type Text } from './act.ts'

/** A link by which a person makes a way in: to come, or to come back after every way in was lost. */
export interface Account {
  /** The account's id; null: it was taken down. */
  person: Text
  isRecovery: boolean
  at: number
}

/** Who is invited is only committed to: neither name nor address stands in an act, nor the link. */
export interface AccountDeed {
  kind: 'account.invited' | 'account.recovered'
  body: Record<never, never>
  texts: { person: Text }
}

/** Each link is a subject of its own, to which nothing else is done. A session that was left open is no way in for good. */
export function nextAccount(
  state: Account | undefined,
  { at, by, kind, texts }: Act<AccountDeed>,
): Account {
  if (state) throw new Refused('done-already', 'The link was given already.')
  if (by && by.person === texts.person) {
    throw new NotTheirs('account.own', 'Nobody gives a link for an account of their own.')
  }
  return { person: texts.person, isRecovery: kind === 'account.recovered', at }
}
