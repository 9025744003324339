import type { Generated } from 'kysely'
import type { AccountEventKind, WayIn } from '#shared/account-event.ts'

export interface PersonTable {
  id: string
  name: string
  /** In lower case. */
  email: string
  emailVerified: Generated<boolean>
  twoFactorEnabled: Generated<boolean | null>
  /** BCP 47; null: whatever the browser asks for. */
  language: string | null
  /** Which demonstration account this is; null: a real person. */
  demo: string | null
  createdAt: Generated<number>
  updatedAt: Generated<number>
}

/** How somebody signed in. `password`: the code is still to come, and nothing may be done before it. */
export type Way = 'passkey' | 'password' | 'code' | 'sso' | 'demo'

export interface SessionTable {
  id: string
  personId: string
  token: string
  way: Way
  expiresAt: number
  userAgent: string | null
  createdAt: number
  /** When it was last used, to the half minute. */
  updatedAt: number
}

export interface CredentialTable {
  id: string
  /** Of a password the person; of the single sign-on its own name for them. */
  accountId: string
  providerId: string
  personId: string
  password: string | null
  createdAt: Generated<number>
  updatedAt: Generated<number>
}

export interface PasskeyTable {
  id: string
  name: string | null
  personId: string
  credentialId: string
  createdAt: number | null
}

export interface InvitationTable {
  id: Generated<number>
  tokenHash: Uint8Array
  personId: string | null
  isFirst: Generated<boolean>
  madeBy: string | null
  /** Of the act that gave it; null of the first account's. */
  accountId: number | null
  madeAt: Generated<number>
  expiresAt: number
  usedAt: number | null
}

/** Append-only. Null person: nobody whom we know. */
export interface AccountEventTable {
  id: Generated<number>
  at: Generated<number>
  personId: string | null
  sessionId: string | null
  kind: AccountEventKind
  way: WayIn | null
  why: string | null
  route: string | null
  device: string | null
}
