/**
 * What happens at the door of an account. `link-used`: an invitation, first or again. `begun`: the password was
 * right, the second factor is still to come. `forbidden`: somebody signed in was answered 403.
 */
export type AccountEventKind =
  'link-used' | 'begun' | 'signed-in' | 'refused' | 'ended' | 'forbidden'

/** By which way somebody comes; `spare`: a spare code in place of the app's. */
export type WayIn =
  'passkey' | 'password' | 'code' | 'spare' | 'sso' | 'demo' | 'invitation' | 'recovery'

/** What ended a session. `elsewhere`: its owner, from another one. `clock`: nobody used it, or twelve hours. */
export type Ending = 'signed-out' | 'elsewhere' | 'password' | 'recovery' | 'secretariat' | 'clock'

/** As its owner and the secretariat are told. */
export interface ToldAccountEvent {
  id: number
  /** Milliseconds. */
  at: number
  kind: AccountEventKind
  way: WayIn | null
  /** Of a refusal its code, of an end what ended it. */
  why: string | null
  /** `METHOD /pattern`, of what was forbidden. */
  route: string | null
  /** `Firefox, Linux`; of an end that of its session. Null: unknown. */
  device: string | null
}
