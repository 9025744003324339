/** `GET /api/v1/account/ways`: how somebody signs in, and where they are signed in. */
export interface Ways {
  passkeys: readonly { id: string; name: string | null; createdAt: number | null }[]
  sessions: readonly SessionRow[]
  hasPassword: boolean
  hasCode: boolean
}

export interface SessionRow {
  id: string
  way: 'passkey' | 'password' | 'code' | 'sso' | 'demo'
  userAgent: string | null
  createdAt: number
  updatedAt: number
  isThis: boolean
}
