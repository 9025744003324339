import { type Account, type AccountDeed, nextAccount } from '#shared/oversight/account.ts'
import { nowhere } from '#shared/oversight/act.ts'
import type { Noun } from '../acts/noun.ts'

/** Accounts are of the whole city. */
export const accountNoun: Noun<Account, AccountDeed> = {
  name: 'account',
  next: nextAccount,
  placeOf: () => nowhere,
}
