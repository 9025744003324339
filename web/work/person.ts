/** Somebody with an account, as the secretariat is told. */
export interface Person {
  id: string
  name: string
  email: string
  isDemo: boolean
  hasWayIn: boolean
  invitedUntil: string | null
  seenAt: string | null
}
